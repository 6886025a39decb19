// node scripts/browser-bundle.js: after tsc, all that runs in a page as one file, dist/browser/clofnet.js, and beside it
// what it loads at run time: ONNX Runtime's WebAssembly and OpenChemLib's tables. It finds them by its own address.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const { metafile } = await build({
  entryPoints: [here('dist/browser.js')],
  outfile: here('dist/browser/clofnet.js'),
  bundle: true,
  format: 'esm',
  target: 'es2023',
  minify: true,
  // ONNX Runtime's own files stay files.
  conditions: ['onnxruntime-web-use-extern-wasm'],
  legalComments: 'eof',
  metafile: true,
  logLevel: 'warning',
});

const beside = [
  'onnxruntime-web/dist/ort-wasm-simd-threaded.mjs',
  'onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
  'openchemlib/dist/resources.json',
];
for (const file of beside) copyFileSync(here(`node_modules/${file}`), here(`dist/browser/${file.split('/').at(-1)}`));

// Whose work is in the file, and on what terms.
const packages = new Set(
  Object.keys(metafile.inputs).flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []),
);
const terms = [...packages].sort().map((name) => {
  const folder = here(`node_modules/${name}`);
  const { version, license, homepage = '' } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  return `${name} ${version}, ${license} ${homepage}\n${text}`;
});
writeFileSync(here('dist/browser/LICENSES.txt'), terms.join(`\n${'-'.repeat(80)}\n\n`));

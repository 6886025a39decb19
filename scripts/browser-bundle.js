// node scripts/browser-bundle.js: after tsc, all that runs in a page as one file, dist/browser/clofnet.js, and beside it
// what it loads at run time: ONNX Runtime's WebAssembly and OpenChemLib's tables. It finds them by its own address.
import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

await build({
  entryPoints: [here('dist/browser.js')],
  outfile: here('dist/browser/clofnet.js'),
  bundle: true,
  format: 'esm',
  target: 'es2023',
  minify: true,
  // ONNX Runtime's own files stay files.
  conditions: ['onnxruntime-web-use-extern-wasm'],
  legalComments: 'linked',
  logLevel: 'warning',
});

const beside = [
  'onnxruntime-web/dist/ort-wasm-simd-threaded.mjs',
  'onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
  'openchemlib/dist/resources.json',
];
for (const file of beside) copyFileSync(here(`node_modules/${file}`), here(`dist/browser/${file.split('/').at(-1)}`));

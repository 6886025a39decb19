import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { viteStaticCopy } from 'vite-plugin-static-copy';
import { sources } from '../scripts/sources.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What a page must be served with so that the browser lets ONNX Runtime have threads. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** ONNX Runtime fetches these by address; `wasm` for WebAssembly alone, `asyncify` for WebGPU. */
const runtimeFiles = ['', '.asyncify'].flatMap((build) =>
  ['mjs', 'wasm'].map((ending) =>
    here(`../node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded${build}.${ending}`),
  ),
);

export default defineConfig({
  root: here('.'),
  // Addresses relative to the page: the built folder works at any path.
  base: './',
  resolve: {
    alias: [
      ...sources,
      {
        find: 'openchemlib/resources?url',
        replacement: `${here('../node_modules/openchemlib/dist/resources.json')}?url`,
      },
    ],
    // ONNX Runtime's own files stay files; they are copied below.
    conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'],
  },
  plugins: [viteStaticCopy({ targets: [{ src: runtimeFiles, dest: 'ort' }] })],
  worker: { format: 'es' },
  build: { outDir: here('../dist-playground'), emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 2000 },
  server: { headers: isolation, fs: { allow: [here('..')] } },
  preview: { headers: isolation },
});

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { sources } from '../../scripts/sources.js';

/** In a project of your own, with clofnet and onnxruntime-web installed, no configuration is needed. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  resolve: { alias: [...sources] },
});

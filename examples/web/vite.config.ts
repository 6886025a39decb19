import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** In a project of your own, with clofnet and onnxruntime-web installed, no configuration is needed. */
export default defineConfig({
  root: here('.'),
  base: './',
  resolve: { alias: { 'clofnet/web': here('../../src/web.ts'), 'clofnet/weights': here('../../weights') } },
});

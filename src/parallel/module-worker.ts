import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a worker thread on a module that stands beside the caller's:
 * `startModuleWorker('./simulate-worker.js', import.meta.url)`.
 *
 * In the package that module is the compiled `.js`. In a checkout it is TypeScript, which a new thread cannot read by
 * itself: tsx, registered for the main thread alone, is registered there first.
 */
export function startModuleWorker(specifier: string, parent: string, options: WorkerOptions = {}): Worker {
  if (!parent.endsWith('.ts')) return new Worker(new URL(specifier, parent), options);
  const module = new URL(specifier.replace(/\.js$/, '.ts'), parent);
  const tsx = import.meta.resolve('tsx/esm/api');
  const code = `import { register } from '${tsx}'; register(); await import('${module}');`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), options);
}

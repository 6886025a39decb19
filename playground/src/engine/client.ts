import { type Remote, wrap } from 'comlink';
import type { EngineApi } from './worker.js';

export type EngineClient = Remote<EngineApi>;

/** Starts the thread that computes. */
export async function startEngine(): Promise<EngineClient> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' });
  const engine = wrap<EngineApi>(worker);
  await engine.setFiles(new URL('ort/', document.baseURI).href);
  return engine;
}

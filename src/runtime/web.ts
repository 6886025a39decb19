import { UserError } from '../common/errors.js';
import { oneAtATime } from './one-at-a-time.js';
import { createRuntime, type OrtModule } from './onnx-runtime.js';
import type { Device, Runtime } from './runtime.js';
import { selfCheck } from './self-check.js';

/** The devices that programs can run on in a browser. */
export const webDevices = ['wasm', 'webgpu'] as const satisfies readonly Device[];

/** A device that a browser can compute on. */
export type WebDevice = (typeof webDevices)[number];

/** How {@link openWebRuntime} opens a device. */
export interface WebRuntimeOptions {
  /** Default wasm. */
  readonly device?: WebDevice;
  /**
   * The address of the folder that ONNX Runtime's files are served from (`onnxruntime-web/dist/*.wasm` and `*.mjs`), a
   * slash at its end. Default: where a bundler left them.
   */
  readonly files?: string;
  /**
   * Threads within one operation. More than one needs a page that is isolated from other origins, and is 1 elsewhere.
   * Default 1. It counts when a device is opened first: ONNX Runtime starts its threads once.
   */
  readonly threads?: number;
}

/** A runtime in a browser. */
export interface WebRuntime extends Runtime {
  /** The threads that it has. */
  readonly threads: number;
}

interface WebModule extends OrtModule {
  readonly env: OrtModule['env'] & { readonly wasm: { wasmPaths?: unknown; numThreads?: number; proxy?: boolean } };
}

/** The build without WebGPU is half the size. */
const load = async (device: WebDevice): Promise<WebModule> =>
  device === 'wasm' ? import('onnxruntime-web/wasm') : import('onnxruntime-web/webgpu');

/** What a browser's global object has in addition to what this language version has everywhere. */
const browser: { readonly crossOriginIsolated?: boolean; readonly navigator?: { readonly gpu?: unknown } } =
  Object(globalThis);

const isIsolated = (): boolean => browser.crossOriginIsolated === true;

/**
 * Opens a device in a browser, best in a worker: WebAssembly computes on the calling thread. WebGPU first proves itself
 * on a small program against WebAssembly.
 * @throws UserError if ONNX Runtime's files cannot be loaded, or WebGPU is missing or computes something else
 */
export async function openWebRuntime(options: WebRuntimeOptions = {}): Promise<WebRuntime> {
  const { device = 'wasm', files } = options;
  const threads = isIsolated() ? (options.threads ?? 1) : 1;
  const ort = await load(device);
  if (files !== undefined) ort.env.wasm.wasmPaths = files;
  ort.env.wasm.numThreads = threads;
  const reference = createRuntime(ort, 'wasm');
  if (device === 'wasm') return { ...reference, threads };
  if (!hasWebGpu()) {
    throw new UserError('this browser has no WebGPU', {
      code: 'device',
      remedy: { setting: 'device', action: 'use', value: 'wasm' },
    });
  }
  const runtime = oneAtATime(createRuntime(ort, device));
  await selfCheck(runtime, reference);
  return { ...runtime, threads };
}

const hasWebGpu = (): boolean => Boolean(browser.navigator?.gpu);

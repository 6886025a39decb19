import type { WebDevice, WebRuntime } from 'clofnet/web';
import { expose, proxy } from 'comlink';
import { BodiesEngine } from './bodies-engine.js';
import { type DeviceStatus, runtimeOf } from './device.js';
import { sendMistakes } from './mistakes.js';
import { MoleculesEngine } from './molecules-engine.js';
import { TrainingEngine } from './training-engine.js';

/** All that computes in the page, in a thread of its own. */
class Engine {
  #device: WebDevice = 'wasm';
  #files = '';
  readonly #runtime = (): Promise<WebRuntime> => runtimeOf(this.#device, this.#files);
  // Marked as proxies, for comlink's types: the page calls `engine.bodies.simulate(…)`.
  readonly bodies = proxy(new BodiesEngine(this.#runtime));
  readonly training = proxy(new TrainingEngine(this.#runtime));
  readonly molecules = proxy(new MoleculesEngine(this.#runtime));

  /** @param files the address of the folder of ONNX Runtime's files */
  setFiles(files: string): void {
    this.#files = files;
  }

  /**
   * Loads ONNX Runtime for a device and makes it the one that computes.
   * @throws UserError if it does not work here; the device before stays
   */
  async useDevice(device: WebDevice): Promise<DeviceStatus> {
    const { version, threads } = await runtimeOf(device, this.#files);
    this.#device = device;
    return { device, version, threads };
  }
}

export type EngineApi = Engine;

sendMistakes();
expose(new Engine());

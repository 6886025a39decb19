import { availableParallelism, cpus, totalmem } from 'node:os';
import { nodeDevices } from './devices.js';
import { type DeviceReport, probeDevice } from './probe.node.js';
import type { Rating } from './rating.node.js';

/** What a machine offers. */
export interface Diagnosis {
  /** The version of Node. */
  readonly node: string;
  /** The version of ONNX Runtime; null where it does not run. */
  readonly onnxRuntime: string | null;
  readonly devices: readonly DeviceReport[];
  readonly cpu: string;
  /** How many threads run at once. */
  readonly threads: number;
  /** Bytes. */
  readonly memory: number;
  /** Null where ONNX Runtime does not run. */
  readonly rating: Rating | null;
}

/** Looks at the machine: about a second for the devices and one more for the rating. */
export async function diagnose(): Promise<Diagnosis> {
  const devices = await Promise.all(nodeDevices.map((device) => probeDevice(device)));
  const cpu = devices.find(({ device }) => device === 'cpu');
  const threads = availableParallelism();
  return {
    node: process.versions.node,
    onnxRuntime: cpu?.works ? cpu.version : null,
    devices,
    cpu: cpus()[0]?.model.trim() ?? process.arch,
    threads,
    memory: totalmem(),
    rating: cpu?.works ? await rate(threads) : null,
  };
}

async function rate(threads: number): Promise<Rating> {
  // Loaded only now: where ONNX Runtime cannot be loaded, the rest of the diagnosis is wanted all the more.
  const { rateMachine } = await import('./rating.node.js');
  return rateMachine(threads);
}

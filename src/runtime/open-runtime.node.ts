import '../common/no-telemetry.node.js';
import * as ort from 'onnxruntime-node';
import type { NodeDevice } from './devices.js';
import { createRuntime } from './onnx-runtime.js';
import type { Runtime } from './runtime.js';
import { selfCheck } from './self-check.js';

/**
 * Opens a device in Node. A WebGPU device first proves itself on a small program against the CPU.
 * @throws UserError if the device cannot be opened here, or computes something else than the CPU
 */
export async function openRuntime(device: NodeDevice = 'cpu'): Promise<Runtime> {
  const runtime = createRuntime(ort, device);
  if (device === 'cpu') return runtime;
  await selfCheck(runtime, createRuntime(ort, 'cpu'));
  return runtime;
}

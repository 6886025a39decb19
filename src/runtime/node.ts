import * as ort from 'onnxruntime-node';
import { UserError } from '../common/errors.js';
import { createRuntime } from './onnx-runtime.js';
import type { Device, Runtime } from './runtime.js';
import { selfCheck } from './self-check.js';

/** The devices that programs can run on in Node. */
export const nodeDevices = ['cpu', 'webgpu'] as const satisfies readonly Device[];

export type NodeDevice = (typeof nodeDevices)[number];

/**
 * Opens a device in Node. A WebGPU device first proves itself on a small program against the CPU.
 * @throws UserError if there is no such device, or it computes something else than the CPU
 */
export async function openRuntime(device: NodeDevice = 'cpu'): Promise<Runtime> {
  const runtime = createRuntime(ort, device);
  if (device === 'cpu') return runtime;
  await selfCheck(runtime, createRuntime(ort, 'cpu'));
  return runtime;
}

/** The device that a user asked for by name. */
export function parseDevice(name: string): NodeDevice {
  const device = nodeDevices.find((known) => known === name);
  if (!device) throw new UserError(`unknown device '${name}': choose ${nodeDevices.join(' or ')}`);
  return device;
}

import { UserError } from '../common/errors.js';
import type { Device } from './runtime.js';

/** The devices that programs can run on in Node. */
export const nodeDevices = ['cpu', 'webgpu'] as const satisfies readonly Device[];

/** A device that Node can compute on. */
export type NodeDevice = (typeof nodeDevices)[number];

/**
 * The device that a user asked for by name. Loads no ONNX Runtime.
 * @throws UserError if there is no such device
 */
export function parseDevice(name: string): NodeDevice {
  const device = nodeDevices.find((known) => known === name);
  if (!device) throw new UserError(`unknown device '${name}': choose ${nodeDevices.join(' or ')}`);
  return device;
}

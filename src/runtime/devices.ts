import { type ErrorDetails, UserError } from '../common/errors.js';
import type { Device } from './runtime.js';

/** The devices that programs can run on in Node. */
export const nodeDevices = ['cpu', 'webgpu'] as const satisfies readonly Device[];

/** A device that Node can compute on. */
export type NodeDevice = (typeof nodeDevices)[number];

/**
 * The device that a user requested by name. Loads no ONNX Runtime.
 * @throws UserError if there is no such device
 */
export function parseDevice(name: string): NodeDevice {
  const device = nodeDevices.find((known) => known === name);
  if (!device)
    throw new UserError(`unknown device '${name}': choose ${nodeDevices.join(' or ')}`, {
      code: 'device',
      key: 'device',
    });
  return device;
}

/** What a UserError about a device that fails says in addition to its problem. @param other one that works */
export const refusal = (device: Device, other: Device): ErrorDetails => ({
  code: 'device',
  about: `device ${device}`,
  remedy: { setting: 'device', action: 'use', value: other },
});

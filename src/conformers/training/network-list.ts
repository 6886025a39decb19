import { denoiserRecord } from './denoiser-record.js';
import type { ConformerNetworkRecord } from './network-record.js';
import { scoreRecord } from './score-record.js';

/** The networks that make conformers, the usual one first. */
export const conformerNetworks: readonly ConformerNetworkRecord[] = [denoiserRecord, scoreRecord];

export const conformerNetworkNames = conformerNetworks.map(({ name }) => name);

/** The network of that name; the usual one where there is none of it. */
export const conformerNetworkOf = (name: unknown): ConformerNetworkRecord =>
  conformerNetworks.find((network) => network.name === name) ?? conformerNetworks[0];

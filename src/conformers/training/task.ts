import { z } from 'zod';
import { encodeWeightFile } from '../../networks/weight-file.js';
import type { Task } from '../../training/trainee.js';
import { conformerNetworkNames, conformerNetworkOf, conformerNetworks } from './network-list.js';
import type { ConformerConfig, ConformerTrainee } from './network-record.js';
import type { SharedSplits } from './shared-set.js';

/** The shapes of molecules: the task of `clofnet conformers train`. */
export interface ConformerTask extends Task<ConformerConfig, SharedSplits> {
  /** How the network of a configuration is trained. */
  traineeOf(config: Pick<ConformerConfig, 'network'>): ConformerTrainee;
}

/** Loads all networks that can be trained. */
export async function openConformerTask(): Promise<ConformerTask> {
  const [usual, ...others] = conformerNetworks;
  const [first, ...rest] = await Promise.all([usual.trainee(), ...others.map(({ trainee }) => trainee())]);
  const traineeOf: ConformerTask['traineeOf'] = ({ network }) =>
    rest.find((_, k) => others[k].name === network) ?? first;
  const configs = [first.config, ...rest.map(({ config }) => config)] as const;
  return {
    name: 'conformers',
    command: 'clofnet conformers train',
    networks: conformerNetworkNames,
    examples: Object.fromEntries(conformerNetworks.map(({ example }, k) => [example, configs[k]])),
    // A configuration that does not say which network it is of is of the usual one.
    config: z.preprocess(
      (config) => (typeof config === 'object' ? { network: usual.name, ...config } : config),
      z.discriminatedUnion('network', configs),
    ),
    traineeOf,
    build(given) {
      const { parameters, objective } = traineeOf(given).build(given);
      const { name } = conformerNetworkOf(given.network);
      return {
        parameters,
        objective,
        weightFile: (weights, provenance, { model, noise, data }) =>
          encodeWeightFile(
            {
              config: { model: name, ...model },
              // Where the data lay on this machine is nobody else's business; the hash tells which they were.
              provenance: { ...provenance, noise, data: { ...data, file: undefined } },
            },
            parameters,
            weights,
          ),
      };
    },
  };
}

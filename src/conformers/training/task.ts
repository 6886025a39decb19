import { z } from 'zod';
import { encodeWeightFile } from '../../networks/weight-file.js';
import type { Task } from '../../training/trainee.js';
import { conformerNetworks } from './network-list.js';
import type { ConformerConfig, ConformerNetworkRecord, ConformerTrainee } from './network-record.js';
import type { SharedSplits } from './shared-set.js';

/** The shapes of molecules: the task of `clofnet conformers train`. */
export interface ConformerTask extends Task<ConformerConfig, SharedSplits> {
  /** The network of a configuration, and how it is trained; the usual one where it does not say which. */
  networkOf(config: Pick<ConformerConfig, 'network'>): ConformerNetworkRecord & ConformerTrainee;
}

/** Loads what trains the networks. */
export async function openConformerTask(networks = conformerNetworks): Promise<ConformerTask> {
  const loaded = await Promise.all(networks.map(async (record) => ({ ...record, ...(await record.trainee()) })));
  const [usual, ...others] = loaded;
  const networkOf: ConformerTask['networkOf'] = ({ network }) => others.find(({ name }) => name === network) ?? usual;
  return {
    name: 'conformers',
    command: 'clofnet conformers train',
    networks: loaded.map(({ name }) => name),
    examples: Object.fromEntries(loaded.map(({ example, config }) => [example, config])),
    config: z.preprocess(
      (config) => (typeof config === 'object' ? { network: usual.name, ...config } : config),
      z.discriminatedUnion('network', [usual.config, ...others.map(({ config }) => config)]),
    ),
    networkOf,
    build(given) {
      const { name, build } = networkOf(given);
      const { parameters, objective } = build(given);
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

import { basename } from 'node:path';
import { UserError } from '../common/errors.js';
import { readSafetensors, writeSafetensors } from '../files/safetensors-file.node.js';
import { encodeModelFile } from '../newton/networks/model-file.js';
import { importPublished } from '../newton/networks/registry.js';
import type { Args, Context } from './command.js';
import { many } from './format.js';
import type { importSpec } from './import-spec.js';
import { requireOutputFile } from './output-file.js';
import { packageVersion } from './version.js';

/** Taken for the published network's, clofnet's own weights would lose their options, such as the form of the frames. */
function refuseOwn(format: string | undefined, path: string): void {
  if (format === 'clofnet checkpoint') {
    throw new UserError(`${path} is a checkpoint of clofnet's; use the weights.safetensors beside it, as it is`);
  }
  if (format?.startsWith('clofnet '))
    throw new UserError(`${path} is a weight file of clofnet's already; use it as it is`);
}

/** Turns weights of the published code into a weight file of clofnet's. */
export async function run({ output }: Context, args: Args<typeof importSpec>): Promise<void> {
  const { published, model, out, force } = args;
  await requireOutputFile(out, { option: '--out', inputs: [published], endings: ['.safetensors'], force });
  const file = await readSafetensors(published);
  refuseOwn(file.metadata.format, published);
  const { config, weights } = importPublished(file, published, model);
  const provenance = { importedFrom: basename(published), version: packageVersion() };
  const { tensors, metadata } = encodeModelFile({ config, weights, provenance });
  await writeSafetensors(out, tensors, metadata);
  const parameters = [...weights.values()].reduce((sum, { length }) => sum + length, 0);
  output.result({ file: out, model: config, parameters }, () => [
    `${out}: ${config.model}, hidden ${config.hidden}, ${layersOf(config)}${many(parameters, 'parameter')}`,
  ]);
}

/** `4 layers, `; nothing for networks that have none. */
const layersOf = (config: object): string =>
  'layers' in config && typeof config.layers === 'number' ? `${many(config.layers, 'layer')}, ` : '';

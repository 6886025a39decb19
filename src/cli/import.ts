import { basename } from 'node:path';
import { readSafetensors, writeSafetensors } from '../files/safetensors-file.js';
import { encodeModelFile } from '../models/model-file.js';
import { importPublished } from '../models/published-weights.js';
import type { Args, Context } from './command.js';
import { formatCount } from './format.js';
import type { importSpec } from './import-spec.js';
import { packageVersion } from './version.js';

/** Turns weights of the published code into a weight file of clofnet's. */
export async function run({ output }: Context, { published, model, out }: Args<typeof importSpec>): Promise<void> {
  const { config, weights } = importPublished(await readSafetensors(published), published, model);
  const provenance = { importedFrom: basename(published), version: packageVersion() };
  const { tensors, metadata } = encodeModelFile({ config, weights, provenance });
  await writeSafetensors(out, tensors, metadata);
  const parameters = [...weights.values()].reduce((sum, { length }) => sum + length, 0);
  output.result({ file: out, model: config, parameters }, () => [
    `${out}: ${config.model}, hidden ${config.hidden}, ${config.layers} layers, ${formatCount(parameters)} parameters`,
  ]);
}

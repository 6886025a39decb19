/** Prints what docs/results.md says of the many-body networks in weights/, out of the files themselves: `npm run weights:table`. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shippedConformerWeights } from '../src/conformers/networks/shipped-weights.node.js';
import { readModelFile } from '../src/newton/networks/read-model-file.node.js';

interface Provenance {
  readonly data: { readonly name: string };
  readonly training: { readonly epochs: number; readonly rate: number; readonly seed: number };
  readonly best: { readonly epoch: number; readonly valid: number; readonly test?: number };
  readonly epochs: number;
  readonly commit: string | null;
}

const folder = fileURLToPath(new URL('../weights/', import.meta.url));
const defaults: Readonly<Record<string, unknown>> = {
  frame: 'published',
  scalarize: 'once',
  charges: false,
  fields: [],
};

/** What differs from the published network: `frame orthonormal, charges`. */
function options(config: object): string {
  const set = Object.entries(config).filter(
    ([key, value]) => key in defaults && String(value) !== String(defaults[key]),
  );
  return set.map(([key, value]) => (value === true ? key : `${key} ${value}`)).join(', ') || '–';
}

const rows = [
  '| file | network | options | data | rate | seed | epochs | best epoch | validation | test | commit |',
  '|---|---|---|---|---|---|---|---|---|---|---|',
];
const conformers = basename(shippedConformerWeights());
const isManyBody = (name: string): boolean => name !== conformers && !name.startsWith('fit-');
for (const file of readdirSync(folder).sort().filter(isManyBody)) {
  const { config, provenance } = await readModelFile(join(folder, file));
  const { data, training, best, epochs, commit } = provenance as unknown as Provenance;
  const done = epochs === training.epochs ? `${epochs}` : `${epochs} of ${training.epochs}`;
  rows.push(
    `| ${file} | ${config.model} | ${options(config)} | ${data.name} | ${training.rate} | ${training.seed} | ${done} | ${best.epoch} | ${best.valid.toFixed(5)} | ${best.test?.toFixed(5) ?? '–'} | ${commit ?? '–'} |`,
  );
}
console.log(rows.join('\n'));

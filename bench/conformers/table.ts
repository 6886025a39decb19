/**
 * The figures of all generated SDFs in a folder, as a table in Markdown.
 *
 * node --import ./scripts/typescript.js bench/conformers/table.ts ENSEMBLES_FOLDER SDF_FOLDER
 *
 * An SDF is named after its references and its method: test_qm9_gfn2.etkdg.sdf goes with test_qm9_gfn2.jsonl.gz. What a
 * row is called stands in the property `method` of the first record, else in the file's name. Molecules without a
 * conformer of the right isomer count as docs/conformer-results.md says; a second row leaves them out.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Average } from '../../src/conformers/evaluation/coverage.js';
import { evaluatePairs } from '../../src/conformers/evaluation/evaluate.js';
import type { Evaluation } from '../../src/conformers/evaluation/evaluation.js';
import { matchGenerated } from '../../src/conformers/evaluation/generated-source.js';
import type { GeneratedRecord } from '../../src/conformers/evaluation/match-generated.js';
import { readGenerated } from '../../src/conformers/evaluation/read-generated.node.js';
import { readReferences } from '../../src/conformers/evaluation/read-references.node.js';
import { byteStream } from '../../src/files/byte-stream.node.js';
import { textLines } from '../../src/files/text-lines.js';
import { readSdf } from '../../src/molecules/formats/sdf-read.js';

/** The test sets with the distance that counts as a match, and how many molecules are taken. */
const SETS: readonly { readonly name: string; readonly delta: number; readonly limit?: number }[] = [
  { name: 'test_qm9_gfn2', delta: 0.5 },
  { name: 'test_fragments_dft', delta: 0.5 },
  { name: 'test_drug_dft', delta: 0.75, limit: 100 },
];

const [ensembles, folder] = process.argv.slice(2);
if (!ensembles || !folder) throw new Error('usage: table.ts ENSEMBLES_FOLDER SDF_FOLDER');

async function* conformers(path: string): AsyncGenerator<GeneratedRecord> {
  for await (const result of readGenerated(path)) {
    if ('error' in result) console.warn(result.error);
    else yield result.record;
  }
}

async function methodOf(path: string, otherwise: string): Promise<string> {
  for await (const result of readSdf(textLines(byteStream(path), path), path)) {
    return ('record' in result && result.record.properties.get('method')) || otherwise;
  }
  return otherwise;
}

const share = ({ mean, median }: Average): string => `${short(mean)}/${short(median)}`;
const short = (value: number): string =>
  value
    .toFixed(3)
    .replace(/^0/, '')
    .replace(/^1\.000$/, '1');
const percent = (value: number): string => `${Number((100 * value).toFixed(1))} %`;

function row(method: string, { all, mmd, counts, stereoRate, validityRate, ...cost }: Evaluation): string {
  const cells = [
    method,
    share(all.recall.cov[0]),
    share(all.recall.amr),
    share(all.precision.cov[0]),
    share(all.precision.amr),
    mmd.single.mean.toFixed(2),
    percent(stereoRate),
    percent(validityRate),
    counts.generated.toLocaleString('en-US'),
    counts.molecules - counts.answered,
    cost.networkCalls === null ? '–' : Number(cost.networkCalls.toPrecision(3)),
    cost.seconds === null ? '–' : cost.seconds.toPrecision(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

const files = (await readdir(folder)).filter((file) => file.endsWith('.sdf')).map((file) => file.slice(0, -4));
for (const { name, delta, limit } of SETS) {
  const own = files.filter((file) => file.startsWith(`${name}.`)).sort();
  if (own.length === 0) continue;
  const references = await readReferences(join(ensembles, `${name}.jsonl.gz`), { limit, onFault: console.warn });
  const count = references.reduce((sum, reference) => sum + reference.conformers.length, 0);
  const molecules = new Set(references.map(({ molecule }) => molecule.smiles)).size;
  console.log(`\n**${name}**: ${molecules} molecules, ${count} references, COV at ${delta} Å\n`);
  console.log(
    '| method | COV-R | AMR-R Å | COV-P | AMR-P Å | MMD | right isomer | plausible | conformers | unanswered | calls | s |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|---|---|');
  for (const file of own) {
    const path = join(folder, `${file}.sdf`);
    const matched = await matchGenerated(references, { name: file, records: conformers(path) }, { isPart: true });
    for (const note of matched.notes) console.warn(`${file}: ${note}`);
    const evaluation = await evaluatePairs(matched.pairs, { thresholds: [delta] });
    const method = await methodOf(path, file.slice(name.length + 1));
    console.log(row(method, evaluation));
    if (evaluation.counts.answered < evaluation.counts.molecules) {
      console.log(row(`${method}, answered alone`, { ...evaluation, all: evaluation.answered }));
    }
  }
}

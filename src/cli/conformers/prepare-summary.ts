import type { PreparedDataset } from '../../conformers/dataset/prepare-dataset.node.js';
import { formatCount, formatDuration } from '../format.js';
import type { Output } from '../output.js';

/** What a run of `clofnet conformers prepare` made. */
export interface PrepareSummary {
  readonly file: string;
  readonly prepared: PreparedDataset;
  /** How many molecules were to be kept out. */
  readonly excluded: number;
  readonly seconds: number;
}

/** Says what became of the inputs. */
export function summarize(output: Output, { file, prepared, excluded, seconds }: PrepareSummary): void {
  const { manifest, sources, merged } = prepared;
  const { molecules: isomers, conformers, splits, rejected, sha256 } = manifest;
  const json = { file, isomers, conformers, splits, sources, merged, excluded, rejected, sha256, seconds };
  output.result(json, () => [
    `${file}: ${countOf(isomers, 'isomer')}, ${countOf(conformers, 'conformer')}`,
    `  ${Object.entries(splits)
      .map(([name, count]) => `${formatCount(count)} ${name}`)
      .join(', ')}`,
    ...table(
      'read',
      sources.map(({ path, records, kept }) => [path, countOf(records, 'record'), `${formatCount(kept)} kept`]),
    ),
    ...table('omitted', [
      ...rowsOf(rejected?.records, 'record'),
      ...rowsOf(rejected?.conformers, 'conformer'),
      ...rowsOf(merged > 0 ? { 'same isomer, merged': merged } : {}, 'isomer'),
    ]),
    `  in ${formatDuration(seconds)}; sha256 ${sha256.slice(0, 16)}…, more in ${file}.json`,
  ]);
}

/** `1 record`, `2,000 records` */
export const countOf = (count: number, what: string): string =>
  `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;

type Row = readonly [name: string, ...cells: string[]];

function rowsOf(counts: Readonly<Record<string, number>> | undefined, what: string): Row[] {
  return Object.entries(counts ?? {}).map(([reason, count]) => [reason, countOf(count, what)]);
}

/** Names to the left, numbers to the right; no lines without rows. */
function table(title: string, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const line = ([name, ...cells]: Row): string =>
    `    ${name.padEnd(width(0))}${cells.map((cell, k) => `  ${cell.padStart(width(k + 1))}`).join('')}`;
  return [`  ${title}`, ...rows.map(line)];
}

import type { Average, CoverageSummary } from '../../conformers/evaluation/coverage.js';
import type { Evaluation } from '../../conformers/evaluation/evaluation.js';
import { formatCount } from '../format.js';

/** The figures as lines for a terminal. */
export function evaluationTable(evaluation: Evaluation): string[] {
  const { counts, thresholds, answered, all, mmd, stereoRate, validityRate, seconds, networkCalls } = evaluation;
  const isPartial = counts.answered < counts.molecules;
  const summaries = isPartial ? [all, answered] : [all];
  const head = isPartial ? ['mean, all', 'median', 'mean, answered', 'median'] : ['mean', 'median'];
  const scores = (['recall', 'precision'] as const).flatMap((way) => {
    const letter = way === 'recall' ? 'R' : 'P';
    const values = (of: (summary: CoverageSummary) => Average, format: (value: number) => string) =>
      summaries.flatMap((summary) => [format(of(summary).mean), format(of(summary).median)]);
    return [
      ...thresholds.map((delta, k) =>
        row(
          `COV-${letter} at ${delta} Å`,
          values((one) => one[way].cov[k], percent),
        ),
      ),
      row(
        `AMR-${letter} (MAT), Å`,
        values((one) => one[way].amr, decimals),
      ),
    ];
  });
  const lengths = (['single', 'pair', 'all'] as const).map((kind) =>
    row(`MMD of bond lengths, ${kind}`, [decimals(mmd[kind].mean), decimals(mmd[kind].median)]),
  );
  return [
    `${formatCount(counts.generated)} generated conformers, ${formatCount(counts.references)} references; ` +
      `${formatCount(counts.answered)} of ${formatCount(counts.molecules)} molecules answered`,
    row('', head),
    ...scores,
    ...lengths,
    `  right isomer ${percent(stereoRate)}, plausible ${percent(validityRate)}`,
    ...costLine(seconds, networkCalls),
  ];
}

const row = (name: string, cells: readonly string[]): string =>
  `  ${name.padEnd(28)}${cells.map((cell) => cell.padStart(15)).join('')}`;

const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`);
const decimals = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(3));

function costLine(seconds: number | null, networkCalls: number | null): string[] {
  const parts = [
    seconds === null ? [] : [`${Number(seconds.toPrecision(3))} s`],
    networkCalls === null ? [] : [`${Number(networkCalls.toPrecision(3))} network calls`],
  ].flat();
  return parts.length === 0 ? [] : [`  ${parts.join(', ')} per conformer`];
}

import type { NearestConformers } from '../../conformers/evaluation/coverage.js';
import type { Evaluation, MoleculeEvaluation } from '../../conformers/evaluation/evaluation.js';
import type { ConformerReportData } from '../../conformers/evaluation/report-types.js';
import { formatCount, formatNumber } from '../format.js';
import { histogram } from '../histogram.js';
import { type Html, html } from '../html.js';
import { lineChart } from '../line-chart.js';
import type { Section } from '../page.js';
import { type Column, table } from '../table.js';
import { formatDelta, formatShare } from './summary-section.js';

/** Coverage against the distance that counts as a match. */
export function coverageSection({ curve, evaluation }: ConformerReportData): Section {
  const chart = lineChart({
    title: 'Coverage, mean over molecules',
    xLabel: 'δ in Å',
    yLabel: '% covered',
    yDomain: [0, 100],
    series: [
      { name: 'recall', points: curve.map(({ delta, recall }) => [delta, 100 * recall]), className: 'series-0' },
      {
        name: 'precision',
        points: curve.map(({ delta, precision }) => [delta, 100 * precision]),
        className: 'series-1',
      },
    ],
  });
  const body = html`<div class="grid">${chart}${distances(evaluation)}</div>`;
  return { id: 'coverage', title: 'Coverage by distance', body };
}

/** How far conformers are from their nearest match, all conformers alike. */
function distances({ molecules }: Evaluation): Html {
  const nearest = molecules.flatMap((molecule) => molecule.nearest ?? []);
  const all = (of: (one: NearestConformers) => Float64Array): number[] => nearest.flatMap((one) => Array.from(of(one)));
  return histogram({
    title: 'Distance to the nearest match',
    xLabel: 'RMSD in Å',
    counted: 'conformers',
    samples: [
      { name: 'references', values: all(({ ofReferences }) => ofReferences), className: 'series-0' },
      { name: 'generated', values: all(({ ofGenerated }) => ofGenerated), className: 'series-1' },
    ],
    xScale: 'linear',
  });
}

/** Molecules in the table of the worst. */
const WORST = 15;

interface Row {
  readonly molecule: MoleculeEvaluation;
  readonly number: number;
}

/** The molecules whose references are matched worst. */
export function worstSection({ evaluation }: ConformerReportData): Section {
  const rows = evaluation.molecules
    .map((molecule, number) => ({ molecule, number }))
    .sort((a, b) => b.molecule.scores.recall.amr - a.molecule.scores.recall.amr)
    .slice(0, WORST);
  const columns: Column<Row>[] = [
    { name: 'Molecule', text: true, cell: ({ molecule }) => html`<code>${molecule.smiles}</code>` },
    { name: 'Name', text: true, cell: ({ molecule: { name, smiles } }) => (name === smiles ? '' : name) },
    { name: 'AMR-R in Å', cell: ({ molecule }) => formatNumber(molecule.scores.recall.amr) },
    {
      name: `COV-R at ${formatDelta(evaluation.thresholds[0])}`,
      cell: ({ molecule }) => formatShare(molecule.scores.recall.cov[0]),
    },
    { name: 'AMR-P in Å', cell: ({ molecule }) => formatNumber(molecule.scores.precision.amr) },
    { name: 'References', cell: ({ molecule }) => formatCount(molecule.references) },
    { name: 'Generated', cell: ({ molecule }) => formatCount(molecule.generated) },
    { name: 'Right isomer', cell: ({ molecule }) => formatCount(molecule.rightIsomers) },
  ];
  const body = html`${table(rows, columns)}
<p class="note">The ${formatCount(rows.length)} of ${formatCount(evaluation.molecules.length)} molecules with the largest mean distance from a reference to the nearest generated conformer.</p>`;
  return { id: 'worst', title: 'Worst molecules', body, styles: WORST_STYLES };
}

const WORST_STYLES =
  '#worst tbody th { max-width: 420px; overflow: hidden; text-overflow: ellipsis; font-weight: 400; }';

import { conformerNetworkOf } from '../../conformers/training/network-list.js';
import type { ConformerTrainingReportData } from '../../conformers/training/training-report-types.js';
import { formatNumber } from '../format.js';
import { html } from '../html.js';
import { lineChart } from '../line-chart.js';
import type { Section } from '../page.js';
import { table } from '../table.js';
import { curvesOfTraining } from '../training-curves.js';

/** Errors, learning rate and gradient, epoch by epoch. */
export const trainingCurvesSection = ({ metrics, description }: ConformerTrainingReportData): Section =>
  curvesOfTraining({
    metrics,
    loss: conformerNetworkOf(description.config.network).loss,
    averaged: description.config.training.optimizer.averageDecay > 0,
  });

/** What the network makes of noise of each level. */
export function noiseSection({ noise: { conformers, errors } }: ConformerTrainingReportData): Section {
  const chart = lineChart({
    title: 'Distance of atoms from their true positions',
    xLabel: 'σ in Å',
    yLabel: 'Å, root mean square',
    xScale: 'log',
    yScale: 'log',
    series: [
      { name: 'under noise', points: errors.map(({ sigma, noisy }) => [sigma, noisy]), className: 'baseline' },
      {
        name: 'by the network',
        points: errors.map(({ sigma, denoised }) => [sigma, denoised]),
        className: 'series-0',
      },
    ],
  });
  const numbers = table(errors, [
    { name: 'σ in Å', cell: ({ sigma }) => String(sigma) },
    { name: 'Under noise', cell: ({ noisy }) => formatNumber(noisy) },
    { name: 'By the network', cell: ({ denoised }) => formatNumber(denoised) },
    { name: 'Remaining', cell: ({ noisy, denoised }) => `${((100 * denoised) / noisy).toFixed(0)} %` },
  ]);
  const body = html`<div class="grid">${chart}${numbers}</div>
<p class="note">One network call for each of ${conformers} validation conformers under Gaussian noise of deviation σ along each axis, with the best weights. Where σ is large the network gives the mean of what is possible, which lies far from any one conformer.</p>`;
  return { id: 'noise', title: 'Error by noise level', body };
}

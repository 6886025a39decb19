import { conformerNetworkOf } from '../../conformers/training/network-list.js';
import type { ConformerTrainingReportData } from '../../conformers/training/training-report-types.js';
import type { EpochMetrics } from '../../training/trainer.js';
import { formatNumber } from '../format.js';
import { type Html, html } from '../html.js';
import { lineChart } from '../line-chart.js';
import type { Section } from '../page.js';
import { table } from '../table.js';

/** Errors, learning rate and gradient, epoch by epoch. */
export function trainingCurvesSection({ metrics, description }: ConformerTrainingReportData): Section {
  const points = (key: 'train' | 'valid' | 'test' | 'rate' | 'gradientNorm') =>
    metrics.flatMap((line) => (line[key] === undefined ? [] : [[line.epoch, line[key]] as const]));
  const test = points('test');
  const { title, axis } = conformerNetworkOf(description.config.network).loss;
  const losses = lineChart({
    title,
    xLabel: 'epoch',
    yLabel: axis,
    yScale: 'log',
    series: [
      { name: 'train', points: points('train'), className: 'series-5' },
      { name: 'valid', points: points('valid'), className: 'series-2' },
      { name: 'test', points: test, className: 'series-3', dots: true },
    ].filter((series) => series.points.length > 0),
  });
  const body = html`<div class="grid">${losses}
${overEpochs('Learning rate', 'rate', points('rate'), 'series-0')}
${overEpochs('Length of the gradient', 'mean of the epoch', points('gradientNorm'), 'series-1')}</div>
${description.config.training.optimizer.averageDecay > 0 && note('Errors but that of training are taken with the moving average of the weights, training with those of each step.')}
${test.length > 0 && note('The test error is only taken where the validation error is the lowest so far.')}`;
  return { id: 'curves', title: 'Training', body };
}

const note = (text: string): Html => html`<p class="note">${text}</p>`;

type Points = readonly (readonly [EpochMetrics['epoch'], number])[];

const overEpochs = (title: string, yLabel: string, points: Points, className: string): Html =>
  lineChart({ title, xLabel: 'epoch', yLabel, yScale: 'log', series: [{ name: yLabel, points, className }] });

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

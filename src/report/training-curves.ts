import type { EpochMetrics } from '../training/trainer.js';
import { type Html, html } from './html.js';
import { lineChart } from './line-chart.js';
import type { Section } from './page.js';

/** What a run recorded of its training. */
export interface TrainingCurves {
  readonly metrics: readonly EpochMetrics[];
  /** What the loss is called: above its chart, and at its axis. */
  readonly loss: { readonly title: string; readonly axis: string };
  /** Whether errors are taken with a moving average of the weights. */
  readonly averaged: boolean;
}

/** Errors, learning rate and gradient, epoch by epoch. */
export function curvesOfTraining({ metrics, loss, averaged }: TrainingCurves): Section {
  const points = (key: 'train' | 'valid' | 'test' | 'rate' | 'gradientNorm') =>
    metrics.flatMap((line) => (line[key] === undefined ? [] : [[line.epoch, line[key]] as const]));
  const test = points('test');
  const losses = lineChart({
    title: loss.title,
    xLabel: 'epoch',
    yLabel: loss.axis,
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
${averaged && note('Errors but that of training are taken with the moving average of the weights, training with those of each step.')}
${test.length > 0 && note('The test error is only taken where the validation error is the lowest so far.')}`;
  return { id: 'curves', title: 'Training', body };
}

const note = (text: string): Html => html`<p class="note">${text}</p>`;

type Points = readonly (readonly [EpochMetrics['epoch'], number])[];

const overEpochs = (title: string, yLabel: string, points: Points, className: string): Html =>
  lineChart({ title, xLabel: 'epoch', yLabel, yScale: 'log', series: [{ name: yLabel, points, className }] });

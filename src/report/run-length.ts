import type { FinishedRun } from '../training/finished-run.node.js';
import type { RunConfig } from '../training/run-description.js';
import { formatCount } from './format.js';

/** `40 of 400 epochs`, and why it ended before its time, where it did. */
export function runLength(run: Pick<FinishedRun<RunConfig>, 'metrics' | 'description' | 'stoppedEarly'>): string {
  const { epochs, patience } = run.description.config.training;
  const last = run.metrics.at(-1);
  const length = last ? `${formatCount(last.epoch)} of ${formatCount(epochs)} epochs` : 'no epoch yet';
  return run.stoppedEarly
    ? `${length}, stopped early after ${formatCount(patience)} evaluations without progress`
    : length;
}

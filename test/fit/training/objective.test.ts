import { describe, expect, it } from 'vitest';
import { selectGeometries } from '../../../src/fit/data/select-geometries.js';
import { splitGeometries } from '../../../src/fit/data/split-geometries.js';
import { openFitPredictor } from '../../../src/fit/network/predictor.js';
import { targetValues } from '../../../src/fit/target-values.js';
import { fitConfigSchema } from '../../../src/fit/training/config.js';
import { findInData } from '../../../src/fit/training/found.js';
import { fitTask } from '../../../src/fit/training/task.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { FlatLayout } from '../../../src/training/flat-parameters.js';
import { onThisThread } from '../../../src/training/local-gradients.js';
import { openRun } from '../../../src/training/open-run.js';
import { livelyWeights } from '../../support/lively.js';
import { toyGeometries } from '../support/toy-geometries.js';

const all = toyGeometries(24);
// One frame of the training set without an energy: it must not count.
const config = fitConfigSchema.parse({
  model: { hidden: 8, layers: 2, axes: 4 },
  data: { targets: { energy: {}, forces: {}, dipole: {}, charges: {} }, split: { valid: 4, test: 4, train: 16 } },
  training: { epochs: 30, batch: 8, rate: 0.01, evaluateEvery: 10 },
});
const split = splitGeometries(all, config.data.split);
all.ofGraphs.energy.data[split.train[0]] = Number.NaN;
const { config: found, sets } = findInData(config, all, split);
const network = fitTask.build(found);
const weights = livelyWeights(network, 1);

describe('the loss of a fitted network', () => {
  it('is the mean over geometries of the weighted squared errors, without what is missing', async () => {
    const train = selectGeometries(all, split.train);
    const runtime = await openRuntime();
    const predictor = await openFitPredictor(runtime, network.model, weights);
    const predicted = await predictor.predict(train);
    await predictor.close();
    let expected = 0;
    for (const target of found.found?.targets ?? []) {
      const { data, width, present } = targetValues(train, target);
      train.sizes.forEach((size, k) => {
        const rows = target.of === 'graph' ? [k] : Array.from({ length: size }, (_, i) => train.first[k] + i);
        for (const row of rows) {
          if (!present[row]) continue;
          for (let at = row * width; at < (row + 1) * width; at++) {
            const weight = (found.found?.weights[target.name] ?? 0) / (width * rows.length);
            expected += (weight * (data[at] - predicted[target.name][at]) ** 2) / train.sizes.length;
          }
        }
      });
    }
    const { programs, task, openExamples } = network.objective(sets);
    const { feeds, sizes } = openExamples(task).collate(
      'train',
      Int32Array.from({ length: 16 }, (_, k) => k),
      1,
    );
    const executable = await runtime.open(programs.loss);
    const flat = new FlatLayout(network.parameters).flatten(weights);
    const { loss } = await executable.run({ ...feeds, weights: flat, scale: Float32Array.of(1 / 16) }, sizes);
    await executable.close();
    expect(loss[0] / expected).toBeCloseTo(1, 4);
  });

  it('has a gradient: that of finite differences, through the gradient of the energy', async () => {
    const { programs, task, openExamples } = network.objective(sets);
    const { feeds, sizes } = openExamples(task).collate('train', Int32Array.of(0, 1, 2), 1);
    const executable = await (await openRuntime()).open(programs.gradient);
    const flat = new FlatLayout(network.parameters).flatten(weights);
    const run = (values: Float32Array) =>
      executable.run({ ...feeds, weights: values, scale: Float32Array.of(1) }, sizes);
    const { gradient } = await run(flat);
    const slope = gradient as Float32Array;
    const length = Math.sqrt(slope.reduce((sum, x) => sum + x * x, 0));
    const step = 2e-3;
    const along = (sign: number) => run(flat.map((x, k) => x + (sign * step * slope[k]) / length));
    const [up, down] = [await along(1), await along(-1)];
    await executable.close();
    expect((up.loss[0] - down.loss[0]) / (2 * step) / length).toBeCloseTo(1, 1.5);
  });

  it('falls, on this thread as a page has it', async () => {
    const losses: number[] = [];
    const run = await openRun({ network, data: sets, training: found.training }, onThisThread(await openRuntime()), {
      events: { onEpoch: ({ valid }) => void (valid !== undefined && losses.push(valid)) },
    });
    await run.trainer.run();
    await run.close();
    expect(losses).toHaveLength(3);
    expect(losses[2]).toBeLessThan(losses[0]);
  });
});

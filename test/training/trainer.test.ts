import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { decodeSafetensors, encodeSafetensors } from '../../src/files/safetensors.js';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from '../../src/training/checkpoint.js';
import { FlatLayout } from '../../src/training/flat-parameters.js';
import { defaultOptimizer, type OptimizerOptions } from '../../src/training/optimizer.js';
import { freshState, Optimizer } from '../../src/training/optimizer-run.js';
import { type EpochMetrics, Trainer, type TrainerEvents, type TrainerOptions } from '../../src/training/trainer.js';
import { expectClose } from '../support/numeric.js';
import { plainState, plainStep } from './support/plain-adam.js';
import { bowlParameters, type Script, scriptedPool } from './support/scripted-pool.js';

const usual: TrainerOptions = {
  epochs: 4,
  batch: 3,
  rate: 0.1,
  schedule: { kind: 'constant' },
  evaluateEvery: 2,
  seed: 7,
};

interface Setup {
  readonly options?: Partial<TrainerOptions>;
  readonly optimizer?: Partial<OptimizerOptions>;
  readonly script?: Script;
  readonly examples?: number;
  readonly events?: TrainerEvents;
  readonly signal?: AbortSignal;
  readonly from?: Checkpoint;
}

async function setUp({ options, optimizer: changes, script, examples = 10, events, signal, from }: Setup = {}) {
  const optimizer = new Optimizer(
    { ...defaultOptimizer, ...changes },
    from?.state ?? freshState(Float32Array.of(1, 2)),
  );
  const { pool, asked, evaluatedAt } = scriptedPool(optimizer, script);
  const metrics: EpochMetrics[] = [];
  const noted: TrainerEvents = { onEpoch: (line) => void metrics.push(line), ...events };
  const trainer = new Trainer({ ...usual, ...options }, { engine: pool, optimizer, examples, signal }, noted, from);
  return { trainer, optimizer, asked, evaluatedAt, metrics };
}

describe('an epoch', () => {
  it('takes whole batches, and every example at most once', async () => {
    const { trainer, asked } = await setUp();
    expect(trainer.batches).toBe(3);
    await trainer.run();
    expect(asked.batches).toHaveLength(12);
    expect(asked.batches.every((batch) => batch.length === 3)).toBe(true);
    for (let epoch = 0; epoch < 4; epoch++) {
      const taken = asked.batches.slice(3 * epoch, 3 * epoch + 3).flat();
      expect(new Set(taken).size).toBe(9);
      expect(taken.every((example) => example >= 0 && example < 10)).toBe(true);
    }
    expect(asked.steps).toEqual(Array.from({ length: 12 }, (_, k) => k + 1));
  });

  it('has an order of its own, from the seed alone', async () => {
    const order = async (seed: number): Promise<number[][]> => {
      const { trainer, asked } = await setUp({ options: { seed } });
      await trainer.run();
      return asked.batches;
    };
    const first = await order(7);
    expect(first.slice(0, 3)).not.toEqual(first.slice(3, 6));
    expect(await order(7)).toEqual(first);
    expect(await order(8)).not.toEqual(first);
  });

  it('takes the steps of the published optimiser at the rates of the schedule', async () => {
    const schedule = { kind: 'step', every: 1, factor: 0.5 } as const;
    const { trainer, asked, optimizer } = await setUp({ options: { schedule } });
    await trainer.run();
    const plain = plainState([1, 2]);
    for (const [k, batch] of asked.batches.entries()) {
      expectClose(asked.weights[k], plain.weights, 1e-6);
      const mean = batch.reduce((a, b) => a + b, 0) / 3;
      const gradient = [2 * (plain.weights[0] - mean), 2 * (plain.weights[1] - 1)];
      plainStep(plain, gradient, 0.1 * 0.5 ** Math.floor(k / 3), defaultOptimizer);
    }
    expectClose([...optimizer.state.weights], plain.weights, 1e-6);
  });

  it('is told with its means', async () => {
    const { trainer, metrics } = await setUp({ script: { train: (step) => step, slope: () => 0, valid: [4, 3] } });
    await trainer.run();
    expect(metrics.map(({ epoch, step, train }) => [epoch, step, train])).toEqual([
      [1, 3, 2],
      [2, 6, 5],
      [3, 9, 8],
      [4, 12, 11],
    ]);
    expect(metrics.map(({ valid, test }) => [valid, test])).toEqual([
      [undefined, undefined],
      [4, 101],
      [undefined, undefined],
      [3, 102],
    ]);
  });

  it('needs examples for a batch', async () => {
    await expect(setUp({ options: { batch: 11 } })).rejects.toThrow(
      new UserError('a batch of 11 does not fit into 10 training examples; lower training.batch'),
    );
  });
});

describe('evaluation', () => {
  it('comes every so many epochs and after the last, the test set only at the best validation error', async () => {
    const options = { epochs: 5, evaluateEvery: 2 };
    const { trainer, asked, metrics } = await setUp({ options, script: { valid: [3, 4, 3] } });
    const { finished, checkpoint } = await trainer.run();
    expect(finished).toBe(true);
    expect(asked.evaluated).toEqual(['valid', 'test', 'valid', 'valid']);
    expect(metrics.map(({ valid }) => valid)).toEqual([undefined, 3, undefined, 4, 3]);
    expect(checkpoint.progress.best).toEqual({ epoch: 2, valid: 3, test: 101 });
  });

  it('keeps the weights of the best validation error', async () => {
    const { trainer, evaluatedAt } = await setUp({
      options: { epochs: 6, evaluateEvery: 1 },
      script: { valid: [5, 2, 3, 1, 1, 4] },
    });
    const { checkpoint } = await trainer.run();
    expect(checkpoint.progress.best).toEqual({ epoch: 4, valid: 1, test: 104 });
    // valid, test, valid, test, valid, valid, test: the sixth evaluation is that of epoch 4.
    expect([...checkpoint.bestWeights]).toEqual(evaluatedAt[5]);
    expect([...checkpoint.bestWeights]).not.toEqual([...checkpoint.state.weights]);
  });

  it('looks at the moving average where there is one', async () => {
    const options = { epochs: 3, evaluateEvery: 1 };
    const { trainer, asked, evaluatedAt } = await setUp({
      options,
      optimizer: { averageDecay: 0.5 },
      script: { valid: [3, 2, 1] },
    });
    const { checkpoint } = await trainer.run();
    // What the weights were after each step: those at the next one.
    const after = [...asked.weights.slice(1), [...checkpoint.state.weights]];
    let average = [1, 2];
    for (const [k, weights] of after.entries()) {
      average = average.map((value, axis) => 0.5 * value + 0.5 * weights[axis]);
      if (k % 3 === 2) expectClose(evaluatedAt[(2 * (k - 2)) / 3], average, 1e-6);
    }
    expectClose([...checkpoint.bestWeights], average, 1e-6);
    expect(checkpoint.bestWeights[0]).not.toBeCloseTo(checkpoint.state.weights[0], 3);
  });

  it('leads a plateau schedule', async () => {
    const { trainer, metrics } = await setUp({
      options: { epochs: 6, evaluateEvery: 1, schedule: { kind: 'plateau', factor: 0.1, patience: 1 } },
      script: { valid: [5, 5, 5, 4, 6, 6] },
    });
    await trainer.run();
    const rates = [0.1, 0.1, 0.1, 0.01, 0.01, 0.01];
    for (const [k, { rate }] of metrics.entries()) expect(rate).toBeCloseTo(rates[k], 12);
  });
});

describe('training stops where numbers are no longer finite', () => {
  it.each<[string, Script, string]>([
    ['loss', { train: (step) => (step === 5 ? Number.NaN : 1) }, 'the loss is NaN at epoch 2, batch 2, step 5'],
    [
      'gradient',
      { slope: (step) => (step === 7 ? -Infinity : 1) },
      'the gradient is Infinity at epoch 3, batch 1, step 7',
    ],
    ['validation', { valid: [Number.NaN] }, 'the validation loss is NaN at epoch 2'],
    ['test', { valid: [1], test: Number.POSITIVE_INFINITY }, 'the test loss is Infinity at epoch 2'],
  ])('%s', async (_, script, message) => {
    const saved: Checkpoint[] = [];
    const copy = ({ progress, state, bestWeights }: Checkpoint): Checkpoint => ({
      progress,
      state: structuredClone(state),
      bestWeights: bestWeights.slice(),
    });
    const { trainer } = await setUp({ script, events: { onCheckpoint: (now) => void saved.push(copy(now)) } });
    const error: unknown = await trainer.run().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain(message);
    const numbers = saved.flatMap(({ state, bestWeights }) =>
      [...Object.values(state), bestWeights].flatMap((v) => [...v]),
    );
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers.every(Number.isFinite)).toBe(true);
  });

  it('because of the rate, before the broken weights are offered to be saved', async () => {
    let offered = 0;
    const { trainer } = await setUp({ options: { rate: 3e38 }, events: { onCheckpoint: () => void offered++ } });
    await expect(trainer.run()).rejects.toThrow(/at epoch 1, batch \d, step \d; .*lower training.rate and start over/);
    expect(offered).toBeLessThan(2);
  });
});

describe('a training run that was interrupted', () => {
  const options: Partial<TrainerOptions> = {
    epochs: 6,
    evaluateEvery: 2,
    schedule: { kind: 'plateau', factor: 0.5, patience: 0 },
  };
  const optimizer: Partial<OptimizerOptions> = { averageDecay: 0.9, weightDecay: 0.1, clipNorm: 1 };

  /** A checkpoint as it comes back from its file. */
  function throughFile(checkpoint: Checkpoint): Checkpoint {
    const layout = new FlatLayout(bowlParameters);
    const { tensors, metadata } = encodeCheckpoint(checkpoint, layout, {});
    return decodeCheckpoint(decodeSafetensors(encodeSafetensors(tensors, metadata)), layout, 'file');
  }

  it('ends with the numbers of an undisturbed one, wherever it is stopped', async () => {
    const undisturbed = await setUp({ options, optimizer });
    const expected = throughFile((await undisturbed.trainer.run()).checkpoint);
    for (let stopAfter = 0; stopAfter <= 18; stopAfter++) {
      const controller = new AbortController();
      const onStep = () => {
        if (--left === 0) controller.abort();
      };
      let left = stopAfter;
      if (stopAfter === 0) controller.abort();
      const first = await setUp({ options, optimizer, signal: controller.signal, events: { onStep } });
      const stopped = await first.trainer.run();
      expect(stopped.finished).toBe(stopAfter === 18);
      const second = await setUp({ options, optimizer, from: throughFile(stopped.checkpoint) });
      expect(throughFile((await second.trainer.run()).checkpoint)).toEqual(expected);
      expect(second.metrics).toEqual(undisturbed.metrics.slice(6 - second.metrics.length));
      expect([...first.asked.batches, ...second.asked.batches]).toEqual(undisturbed.asked.batches);
    }
  });
});

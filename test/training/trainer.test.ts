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
  warmUp: 0,
  schedule: { kind: 'constant' },
  evaluateEvery: 2,
  seed: 7,
};

interface Setup {
  readonly options?: Partial<TrainerOptions>;
  readonly optimizer?: Partial<OptimizerOptions>;
  readonly script?: Script;
  readonly examples?: number;
  readonly hasTest?: boolean;
  readonly events?: TrainerEvents;
  readonly signal?: AbortSignal;
  readonly from?: Checkpoint;
}

async function setUp(setup: Setup = {}) {
  const { options, optimizer: changes, script, examples = 10, hasTest = true, events, signal, from } = setup;
  const optimizer = new Optimizer(
    { ...defaultOptimizer, ...changes },
    from?.state ?? freshState(Float32Array.of(1, 2)),
  );
  const { pool, asked, evaluatedAt } = scriptedPool(optimizer, script);
  const metrics: EpochMetrics[] = [];
  const noted: TrainerEvents = { onEpoch: (line) => void metrics.push(line), ...events };
  const parts = { engine: pool, optimizer, examples, hasTest, signal };
  const trainer = new Trainer({ ...usual, ...options }, parts, noted, from);
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
      const decay = Math.min(0.5, (2 + k) / (11 + k));
      average = average.map((value, axis) => decay * value + (1 - decay) * weights[axis]);
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

describe('the rate', () => {
  it('rises in the first steps, and falls along the cosine from step to step', async () => {
    const schedule = { kind: 'cosine', floor: 0, by: 'step' } as const;
    const { trainer, asked } = await setUp({ options: { schedule, warmUp: 4 } });
    await trainer.run();
    for (const [k, rate] of asked.rates.entries())
      expect(rate).toBeCloseTo(0.05 * (1 + Math.cos((Math.PI * k) / 12)) * Math.min(1, (k + 1) / 4), 12);
    expect(asked.rates).toHaveLength(12);
  });

  it('is told as it was at the last step', async () => {
    const { trainer, asked, metrics } = await setUp({ options: { warmUp: 100 } });
    await trainer.run();
    expect(metrics.map(({ rate }) => rate)).toEqual([2, 5, 8, 11].map((step) => asked.rates[step]));
  });
});

describe('without a test set', () => {
  it('no test error is taken, told or kept, and the best is known all the same', async () => {
    const best: number[] = [];
    const { trainer, asked } = await setUp({
      hasTest: false,
      options: { evaluateEvery: 1 },
      script: { valid: [3, 2, 4, 1] },
      events: { onEpoch: ({ epoch, test }, isBest) => void (isBest && test === undefined && best.push(epoch)) },
    });
    const { checkpoint } = await trainer.run();
    expect(asked.evaluated).toEqual(['valid', 'valid', 'valid', 'valid']);
    expect(best).toEqual([1, 2, 4]);
    expect(checkpoint.progress.best).toEqual({ epoch: 4, valid: 1 });
  });

  it('a test error of a checkpoint from before is not kept', async () => {
    const first = await setUp({ options: { epochs: 2 }, script: { valid: [3] } });
    const { checkpoint } = await first.trainer.run();
    expect(checkpoint.progress.best).toEqual({ epoch: 2, valid: 3, test: 101 });
    const { trainer } = await setUp({ hasTest: false, script: { valid: [5] }, from: checkpoint });
    expect((await trainer.run()).checkpoint.progress.best).toEqual({ epoch: 2, valid: 3 });
  });
});

describe('evaluation within epochs', () => {
  it('tells the means so far', async () => {
    const { trainer, metrics } = await setUp({
      options: { epochs: 2, evaluateEvery: 0.5 },
      script: { train: (step) => step, slope: () => 0, valid: [4, 3, 5, 2] },
    });
    await trainer.run();
    expect(metrics.map(({ epoch, step, train, valid }) => [epoch, step, train, valid])).toEqual([
      [2 / 3, 2, 1.5, 4],
      [1, 3, 2, 3],
      [1 + 2 / 3, 5, 4.5, 5],
      [2, 6, 5, 2],
    ]);
  });

  it('keeps the best weights of the moment', async () => {
    const { trainer, evaluatedAt } = await setUp({
      options: { epochs: 2, evaluateEvery: 0.5 },
      script: { valid: [4, 3, 1, 2] },
    });
    const { checkpoint } = await trainer.run();
    expect(checkpoint.progress.best).toEqual({ epoch: 1 + 2 / 3, valid: 1, test: 103 });
    // valid, test, valid, test, valid: the third evaluation.
    expect([...checkpoint.bestWeights]).toEqual(evaluatedAt[4]);
  });

  it('changes no step', async () => {
    const [seldom, often] = [await setUp(), await setUp({ options: { evaluateEvery: 1 / 3 } })];
    const [first, second] = [await seldom.trainer.run(), await often.trainer.run()];
    expect(often.asked.batches).toEqual(seldom.asked.batches);
    expect(second.checkpoint.state).toEqual(first.checkpoint.state);
    expect(often.metrics).toHaveLength(12);
  });
});

describe('patience', () => {
  it.each([
    ['at the end of an epoch', 1, { epoch: 4, batch: 0, step: 12 }],
    ['within one', 1 / 3, { epoch: 1, batch: 1, step: 4 }],
  ])('ends a run without progress, %s', async (_, evaluateEvery, end) => {
    const options = { epochs: 9, evaluateEvery, patience: 2 };
    const reasons: string[] = [];
    const script = { valid: [5, 4, 4, 6] };
    const { trainer, asked } = await setUp({
      options,
      script,
      events: { onCheckpoint: (_, reason) => void reasons.push(reason) },
    });
    const { finished, stoppedEarly, checkpoint } = await trainer.run();
    expect({ finished, stoppedEarly }).toEqual({ finished: true, stoppedEarly: true });
    expect(checkpoint.progress).toMatchObject({ ...end, waited: 2, best: { valid: 4 } });
    expect(reasons.at(-1)).toBe('end');
    // And it stays at its end.
    const again = await setUp({ options, script, from: checkpoint });
    expect(await again.trainer.run()).toMatchObject({ finished: true, stoppedEarly: true });
    expect(again.asked.batches).toEqual([]);
    expect(asked.batches).toHaveLength(end.step);
  });

  it('is of no account in the last epoch, nor where there is progress', async () => {
    const last = await setUp({ options: { patience: 1 }, script: { valid: [1, 2] } });
    expect(await last.trainer.run()).toMatchObject({ finished: true, stoppedEarly: false });
    const better = await setUp({ options: { patience: 1, evaluateEvery: 1 }, script: { valid: [4, 3, 2, 1] } });
    expect(await better.trainer.run()).toMatchObject({ finished: true, stoppedEarly: false });
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
  const optimizer: Partial<OptimizerOptions> = { averageDecay: 0.9, weightDecay: 0.1, clipNorm: 1 };

  /** A checkpoint as it comes back from its file. */
  function throughFile(checkpoint: Checkpoint): Checkpoint {
    const layout = new FlatLayout(bowlParameters);
    const { tensors, metadata } = encodeCheckpoint(checkpoint, layout, {});
    return decodeCheckpoint(decodeSafetensors(encodeSafetensors(tensors, metadata)), layout, 'file');
  }

  it.each<[string, boolean, Partial<TrainerOptions>]>([
    ['of whole epochs', false, { evaluateEvery: 2, schedule: { kind: 'plateau', factor: 0.5, patience: 0 } }],
    [
      'with evaluations within epochs',
      false,
      { evaluateEvery: 0.4, schedule: { kind: 'cosine', floor: 0.1, by: 'step' } },
    ],
    ['that stops early', true, { evaluateEvery: 1 / 3, patience: 2, rate: 3, warmUp: 2 }],
  ])('ends with the numbers of an undisturbed one, wherever it is stopped: %s', async (_, stoppedEarly, changes) => {
    const options = { epochs: 6, ...changes };
    const undisturbed = await setUp({ options, optimizer });
    const end = await undisturbed.trainer.run();
    expect(end.stoppedEarly).toBe(stoppedEarly);
    const expected = throughFile(end.checkpoint);
    const steps = undisturbed.asked.batches.length;
    for (let stopAfter = 0; stopAfter <= steps; stopAfter++) {
      const controller = new AbortController();
      const onStep = () => {
        if (--left === 0) controller.abort();
      };
      let left = stopAfter;
      if (stopAfter === 0) controller.abort();
      const first = await setUp({ options, optimizer, signal: controller.signal, events: { onStep } });
      const stopped = await first.trainer.run();
      expect(stopped.finished).toBe(stopAfter === steps);
      const second = await setUp({ options, optimizer, from: throughFile(stopped.checkpoint) });
      expect(throughFile((await second.trainer.run()).checkpoint)).toEqual(expected);
      expect(second.metrics).toEqual(undisturbed.metrics.slice(undisturbed.metrics.length - second.metrics.length));
      expect([...first.asked.batches, ...second.asked.batches]).toEqual(undisturbed.asked.batches);
    }
  });
});

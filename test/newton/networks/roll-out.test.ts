import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import { createModel } from '../../../src/newton/networks/index.js';
import { openPredictor, type Predictor } from '../../../src/newton/networks/predictor.js';
import { randomSystems } from '../../../src/newton/networks/random-systems.js';
import { rollOut } from '../../../src/newton/networks/roll-out.js';
import { Rng } from '../../../src/random/generator.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { livelyWeights } from '../../support/lively.js';

const systems = randomSystems(Rng.fromSeed(2), [3, 2]);

/** Bodies that fly on, one unit of time a step, and are sped up by a tenth each time. */
const flight: Pick<Predictor, 'predict'> = {
  predict: async ({ positions, velocities }) => ({
    positions: positions.map((x, k) => x + velocities[k]),
    velocities: velocities.map((v) => 1.1 * v),
  }),
};

describe('a roll-out', () => {
  test('feeds a network with what it said', async () => {
    const states = await rollOut(flight, systems, { steps: 3 });
    expect(states.map(({ step }) => step)).toEqual([1, 2, 3]);
    const { positions, velocities } = systems;
    for (const [k, x] of states[2].positions.entries()) {
      expect(x).toBeCloseTo(positions[k] + (1 + 1.1 + 1.21) * velocities[k], 5);
      expect(states[2].velocities[k]).toBeCloseTo(1.331 * velocities[k], 5);
    }
  });

  test('of a network is the network, applied by hand', async () => {
    const model = createModel({ model: 'clof_vel', hidden: 8, layers: 2, velocities: true });
    const predictor = await openPredictor(await openRuntime(), model, livelyWeights(model, 1));
    const once = await predictor.predict(systems);
    const twice = await predictor.predict({ ...systems, ...once });
    const states = await rollOut(predictor, systems, { steps: 2 });
    await predictor.close();
    expect(states).toEqual([
      { step: 1, ...once },
      { step: 2, ...twice },
    ]);
    expect(twice.positions).not.toEqual(once.positions);
  });

  test.each([
    [1, 5, [1, 2, 3, 4, 5]],
    [2, 5, [2, 4, 5]],
    [2, 4, [2, 4]],
    [9, 4, [4]],
  ])('keeps every %i of %i steps, and the last', async (every, steps, kept) => {
    const told: number[] = [];
    const states = await rollOut(flight, systems, { steps, every, onStep: (step) => told.push(step) });
    expect(states.map(({ step }) => step)).toEqual(kept);
    expect(told).toEqual(Array.from({ length: steps }, (_, k) => k + 1));
  });

  test('stops at a signal, between two steps', async () => {
    const stop = new AbortController();
    const told: number[] = [];
    const onStep = (step: number): void => {
      told.push(step);
      if (step === 2) stop.abort(new Error('enough'));
    };
    await expect(rollOut(flight, systems, { steps: 9, signal: stop.signal, onStep })).rejects.toThrow('enough');
    expect(told).toEqual([1, 2]);
  });

  test.each(['positions', 'velocities'] as const)('says at which step %s are no numbers any more', async (name) => {
    let step = 0;
    const predict: Predictor['predict'] = async (batch) => {
      const moved = { ...(await flight.predict(batch)) };
      return ++step < 3 ? moved : { ...moved, [name]: batch[name].with(10, Infinity) };
    };
    const rolled = rollOut({ predict }, systems, { steps: 5 });
    await expect(rolled).rejects.toThrow(UserError);
    await expect(rolled).rejects.toThrow(
      'step 3: the network predicts Infinity for body 1 of system 2 (counted from 1)',
    );
  });

  test('takes a network that predicts velocities, and a number of steps', async () => {
    const blind = { predict: async () => ({ positions: systems.positions }) };
    await expect(rollOut(blind, systems, { steps: 1 })).rejects.toThrow(
      'predicts no velocities, so it cannot go on from what it has predicted; use the command newton train with velocities',
    );
    await expect(rollOut(flight, systems, { steps: 0 })).rejects.toThrow('steps must be a whole number of at least 1');
  });
});

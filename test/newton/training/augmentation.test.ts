import { describe, expect, it } from 'vitest';
import { windowsOf } from '../../../src/newton/data/windows.js';
import { createModel } from '../../../src/newton/networks/index.js';
import { drawInitialStates } from '../../../src/newton/simulation/protocol.js';
import { simulateSplits } from '../../../src/newton/simulation/simulate.js';
import { forceField } from '../../../src/newton/system/forces.js';
import { integrate, type Trajectory } from '../../../src/newton/system/integrate.js';
import { MAGNETIC_FIELD } from '../../../src/newton/system/kinds/dynamic.js';
import { GRAVITY } from '../../../src/newton/system/kinds/static.js';
import type { SystemKind } from '../../../src/newton/system/kinds.js';
import { defineSimulation, TIME_STEP } from '../../../src/newton/system/system.js';
import { requireFollowingFields } from '../../../src/newton/training/augmentation.js';
import { newtonConfigSchema } from '../../../src/newton/training/config.js';
import { type NewtonTask, newtonExamples, openExamples } from '../../../src/newton/training/examples.js';
import { compileObjective } from '../../../src/newton/training/objective.js';
import type { Feeds } from '../../../src/runtime/index.js';
import { FlatLayout } from '../../../src/training/flat-parameters.js';
import { GradientPool } from '../../../src/training/gradient-pool.node.js';
import { livelyWeights } from '../../support/lively.js';

type Values = Feeds[string];

const bodies = 4;
const steps = 1001;
const simulate = (kind: SystemKind, train: number) => {
  const simulation = defineSimulation({ kind, protocol: 'clofnet', bodies, steps });
  const states = drawInitialStates(simulation, { train, valid: 0, test: 0 }, 7);
  return { simulation, states: states.train, set: simulateSplits(simulation, states).train };
};
const charged = simulate('charged', 30);
const fields = { gravity: GRAVITY, magnetic: MAGNETIC_FIELD } as const;
const augmentation = { mirror: true, reverse: true };
const windows = windowsOf(charged.set, { input: 2, target: 4, steps: 2, windows: 'all' });
const task: NewtonTask = { sets: { train: windows, valid: windows }, fields, steps: 2, velocities: true, seed: 5 };
const numbers = Int32Array.from(windows.first.keys());

const plainNumbers = (values: Values): number[] => [...values].map((x) => Number(x) + 0);
/** The inputs of every example on its own. */
const singly = (given: NewtonTask, step: number) => {
  const source = openExamples(given);
  return Array.from(numbers, (example) => {
    const { feeds } = source.collate('train', Int32Array.of(example), step, 'gradient');
    return Object.fromEntries(Object.entries(feeds).map(([name, values]) => [name, plainNumbers(values)]));
  });
};
const negative = (values: readonly number[]): number[] => values.map((x) => 0 - x);

describe('mirror images and motions backwards in time', () => {
  it('are what they are called, each as often as not', () => {
    const plain = singly(task, 3);
    const drawn = singly({ ...task, augmentation }, 3);
    const counts = new Map<string, number>();
    for (const [k, example] of drawn.entries()) {
      const before = plain[k];
      const isMirrored = example.gravity[2] < 0;
      const isReversed = example.magnetic[0] < 0;
      const turn = (values: readonly number[], odd: boolean): readonly number[] => (odd ? negative(values) : values);
      const [start, middle, end] = isReversed ? ['_2', '', undefined] : [undefined, '', '_2'];
      const positions = (at?: string) => turn(at === undefined ? before.positions : before[`target${at}`], isMirrored);
      const velocities = (at?: string) =>
        turn(at === undefined ? before.velocities : before[`targetVelocities${at}`], isMirrored !== isReversed);
      expect(example).toEqual({
        ...before,
        positions: positions(start),
        target: positions(middle),
        target_2: positions(end),
        velocities: velocities(start),
        targetVelocities: velocities(middle),
        targetVelocities_2: velocities(end),
        gravity: turn(before.gravity, isMirrored),
        magnetic: turn(before.magnetic, isReversed),
      });
      const which = `${isMirrored} ${isReversed}`;
      counts.set(which, (counts.get(which) ?? 0) + 1);
    }
    expect(counts.size).toBe(4);
    for (const count of counts.values()) expect(count / drawn.length).toBeCloseTo(0.25, 0.9);
  });

  it('come by the seed, the step and the example alone', () => {
    const given = { ...task, augmentation };
    const alone = singly(given, 3);
    const together = openExamples(given).collate('train', numbers, 3, 'gradient').feeds;
    expect(plainNumbers(together.target_2)).toEqual(alone.flatMap(({ target_2 }) => target_2));
    expect(plainNumbers(together.gravity)).toEqual(alone.flatMap(({ gravity }) => gravity));
    expect(singly(given, 4)).not.toEqual(alone);
    expect(singly({ ...given, seed: 6 }, 3)).not.toEqual(alone);
  });

  it('are never what a network is measured on', () => {
    const source = openExamples({ ...task, augmentation });
    const plain = plainNumbers(openExamples(task).collate('train', numbers, 3).feeds.positions);
    for (const [set, kind] of [
      ['valid', 'gradient'],
      ['valid', 'loss'],
      ['train', 'loss'],
    ] as const)
      expect(plainNumbers(source.collate(set, numbers, 3, kind).feeds.positions)).toEqual(plain);
  });

  it('are the same with any number of threads', async () => {
    const model = createModel({ model: 'clof_vel', hidden: 8, layers: 1, fields: ['gravity', 'magnetic'] });
    const layout = new FlatLayout(model.parameters);
    const losses: number[] = [];
    for (const workers of [1, 2]) {
      const examples = newtonExamples({ ...task, steps: 1, velocities: false, augmentation });
      const programs = compileObjective(model, ['gravity', 'magnetic']);
      const pool = new GradientPool({ workers, device: 'cpu', parameters: model.parameters, programs, examples });
      pool.setWeights(layout.flatten(livelyWeights(model, 1)));
      losses.push(await pool.gradient('train', numbers.slice(0, 20), 3, new Float32Array(layout.size)));
      await pool.close();
    }
    expect(losses[0]).toBeCloseTo(losses[1], 6);
  });
});

/** The mean squared distance of coordinates. */
const distance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, x, k) => sum + (x - b[k]) ** 2, 0) / a.length;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];
const snapshot = ({ loc, vel }: Trajectory, k: number) => ({
  loc: loc.slice(k * 3 * bodies, (k + 1) * 3 * bodies),
  vel: vel.slice(k * 3 * bodies, (k + 1) * 3 * bodies),
});
const negated = (values: Float64Array): Float64Array => values.map((x) => 0 - x);

describe('the laws that simulations obey', () => {
  it.each([
    ['charged', true],
    ['springs', true],
    ['dynamic', true],
    ['static', false],
  ] as const)('%s: the mirror image of a motion is one: %s', (kind, holds) => {
    const { simulation, states } = simulate(kind, 4);
    const errors = states.map((state) => {
      const mirrored = integrate(simulation, { ...state, loc: negated(state.loc), vel: negated(state.vel) });
      return distance(negated(mirrored.loc), integrate(simulation, state).loc);
    });
    if (holds) expect(median(errors)).toBeLessThan(1e-20);
    else expect(median(errors)).toBeGreaterThan(1e-4);
  });

  // From snapshot 8 back to 4. Stored velocities lag half a time step behind; turned, they run ahead by as much.
  it.each([
    ['charged', true],
    ['springs', true],
    ['static', true],
    ['dynamic', false],
  ] as const)('%s: a motion backwards in time is one: %s, but for the lag of the velocities', (kind, holds) => {
    const { simulation, states } = simulate(kind, 12);
    const back = states.map((state) => {
      const forward = integrate(simulation, state);
      const { loc, vel } = snapshot(forward, 8);
      const force = new Float64Array(3 * bodies);
      forceField(simulation, state)(loc, vel, force);
      const from = (start: Float64Array): number =>
        distance(snapshot(integrate(simulation, { ...state, loc, vel: start }), 3).loc, snapshot(forward, 4).loc);
      return { turned: from(negated(vel)), exact: from(vel.map((v, k) => 0 - v - TIME_STEP * force[k])) };
    });
    const [turned, exact] = [median(back.map((at) => at.turned)), median(back.map((at) => at.exact))];
    if (!holds) return expect(turned).toBeGreaterThan(1e-4);
    expect(exact).toBeLessThan(1e-20);
    expect(turned).toBeLessThan(1e-6);
    expect(turned).toBeGreaterThan(1e-12);
  });
});

describe('a field that the network does not see', () => {
  const config = (name: string, mirror: boolean, reverse: boolean, seen: readonly string[] = []) =>
    newtonConfigSchema.parse({ model: { fields: [...seen] }, data: { name, mirror, reverse } });
  const gravity = 'charged20_initvel1static_20body';
  const magnetic = 'charged20_initvel1dynamic_20body';

  it('rules out the motion that turns it around, and no other', () => {
    expect(() => requireFollowingFields(config(gravity, true, false))).toThrow(
      `data.mirror is not for ${gravity}: its gravity field turns around in a mirror, and the network does not see it; ` +
        'give model.fields gravity, or remove data.mirror',
    );
    expect(() => requireFollowingFields(config(magnetic, false, true))).toThrow(
      `data.reverse is not for ${magnetic}: its magnetic field turns around where time runs backwards`,
    );
    for (const allowed of [
      config(gravity, false, true),
      config(magnetic, true, false),
      config(gravity, true, true, ['gravity']),
      config(magnetic, true, true, ['magnetic']),
      config('charged5_initvel1small', true, true),
      config('mine', true, true),
    ])
      expect(() => requireFollowingFields(allowed)).not.toThrow();
  });
});

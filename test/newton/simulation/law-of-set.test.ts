import { describe, expect, test } from 'vitest';
import { describeSet } from '../../../src/newton/data/set-description.js';
import { datasetName } from '../../../src/newton/data/set-name.js';
import { goOn, lawOfSet, stateAt } from '../../../src/newton/simulation/law-of-set.js';
import { simulate } from '../../../src/newton/simulation/simulate.js';
import { drawInitialState } from '../../../src/newton/system/initial.js';
import { SYSTEM_KINDS } from '../../../src/newton/system/kinds.js';
import { defineSimulation, PROTOCOLS, type Simulation } from '../../../src/newton/system/system.js';
import { NumpyRandom } from '../../../src/random/numpy-random.js';

const setOf = (simulation: Simulation) =>
  simulate(
    simulation,
    [1, 2, 3, 4].map((seed) => drawInitialState(simulation, new NumpyRandom(seed))),
  );
const define = (parts: Partial<Simulation>) =>
  defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies: 3, steps: 601, ...parts });

describe('a snapshot of a set', () => {
  test('goes on as its trajectory does, to the last bit', () => {
    const law = define({ kind: 'dynamic' });
    const set = setOf(law);
    const { loc, vel } = goOn(law, stateAt(set, 2, 1), 4);
    const from = (2 * set.snapshots + 2) * 9;
    expect(loc).toEqual(set.loc.slice(from, from + 4 * 9));
    expect(vel).toEqual(set.vel.slice(from, from + 4 * 9));
  });
});

describe('the law of a set', () => {
  test.each(SYSTEM_KINDS.flatMap((kind) => PROTOCOLS.map((protocol) => [kind, protocol] as const)))(
    'is found by its name and its trajectories: %s, %s',
    (kind, protocol) => {
      const law = define({ kind, protocol });
      const found = lawOfSet(setOf(law), { name: datasetName(law) });
      // Springs are not softened, whatever the protocol.
      expect(found).toMatchObject({ kind, ...(kind !== 'springs' && { softening: law.softening }) });
    },
  );

  test('is what its description says, however its steps are', () => {
    const law = define({ timeStep: 0.002, sampleEvery: 50, softening: 0.01 });
    const description = describeSet(law, 1, { train: 0, valid: 0, test: 4 });
    expect(lawOfSet(setOf(law), { name: 'mine', description })).toMatchObject({ timeStep: 0.002, softening: 0.01 });
  });

  test('is not known of other names, and of trajectories that go on otherwise', () => {
    const set = setOf(define({}));
    expect(lawOfSet(set, { name: 'mine' })).toBeUndefined();
    expect(lawOfSet(set, { name: 'charged3_initvel1static_3body' })).toBeUndefined();
    const slower = { ...set, vel: set.vel.map((v) => 0.99 * v) };
    expect(lawOfSet(slower, { name: 'charged3_initvel1small_3body' })).toBeUndefined();
    const one = setOf(define({ steps: 200 }));
    expect(lawOfSet(one, { name: 'charged3_initvel1small_3body' })).toBeUndefined();
  });
});

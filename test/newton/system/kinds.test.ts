import { describe, expect, it } from 'vitest';
import { massesOf, synchronized, systemEnergy } from '../../../src/newton/system/energy.js';
import { forceField } from '../../../src/newton/system/forces.js';
import { drawInitialState } from '../../../src/newton/system/initial.js';
import { drawNormals, outerProduct } from '../../../src/newton/system/initial-state.js';
import { integrate } from '../../../src/newton/system/integrate.js';
import { SYSTEM_KINDS, systemKinds } from '../../../src/newton/system/kinds.js';
import { defineSimulation } from '../../../src/newton/system/system.js';
import { type SystemKindRecord, systemKind } from '../../../src/newton/system/system-kind.js';
import { NumpyRandom } from '../../../src/random/numpy-random.js';

const BODIES = 6;

/** What every kind of system in the list must keep to, with and without a cutoff. */
const cases = systemKinds.flatMap((kind) =>
  [undefined, ...(kind.hasCutoff ? [1.5] : [])].map((cutoff) => ({ kind, name: kind.name, cutoff })),
);

describe.each(cases)('$name, cutoff $cutoff', ({ kind, cutoff }) => {
  const simulation = defineSimulation({
    kind: kind.name,
    protocol: 'clofnet',
    bodies: BODIES,
    softening: 0.01,
    cutoff,
  });
  const state = drawInitialState(simulation, new NumpyRandom(3));
  const field = forceField(simulation, state);
  const energy = systemEnergy(simulation, state);
  const masses = massesOf(kind.name, state.charges);

  it('draws the same start from the same seed', () => {
    expect(drawInitialState(simulation, new NumpyRandom(3))).toEqual(state);
    expect([state.loc.length, state.charges.length, state.edges.length]).toEqual([18, 6, 36]);
  });

  it('has forces that are the slope of its energy', () => {
    const rest = new Float64Array(state.loc.length);
    const force = new Float64Array(state.loc.length);
    field(state.loc, rest, force);
    const step = 1e-5;
    for (let k = 0; k < force.length; k++) {
      const at = (shift: number): number =>
        energy(
          state.loc.map((x, i) => (i === k ? x + shift : x)),
          rest,
        );
      const slope = (at(step) - at(-step)) / (2 * step);
      expect(Math.abs(masses[k % BODIES] * force[k] + slope)).toBeLessThan(1e-7);
    }
  });

  it('keeps energy, and momentum where no field acts', () => {
    const { loc, vel } = integrate(simulation, state);
    const size = 3 * BODIES;
    const force = new Float64Array(size);
    const [first, last] = [0, loc.length - size].map((at) => {
      const [x, v] = [loc.slice(at, at + size), vel.slice(at, at + size)];
      field(x, v, force);
      return { energy: energy(x, synchronized(v, force, simulation.timeStep)), momentum: momentum(v, masses) };
    });
    // In the magnetic field the kick is explicit: v² across it grows by (ω Δt)² a step, 4e-3 of it in all.
    expect(Math.abs(last.energy - first.energy)).toBeLessThan(kind.name === 'dynamic' ? 2e-2 : 1e-4);
    if (Object.keys(kind.fields).length > 0) return;
    for (const axis of [0, 1, 2]) expect(Math.abs(last.momentum[axis] - first.momentum[axis])).toBeLessThan(1e-12);
  });
});

/** Σ m v. */
const momentum = (vel: Float64Array, masses: Float64Array): number[] =>
  [0, 1, 2].map((axis) => masses.reduce((sum, mass, i) => sum + mass * vel[axis * BODIES + i], 0));

/** A kind of one's own: every body on a spring to the origin. */
const trap = systemKind({
  name: 'trap',
  title: 'bodies in a trap',
  files: { prefix: 'trap', setting: 'small' },
  unitCharges: true,
  ownEdges: false,
  fields: {},
  hasCutoff: false,
  draw: ({ bodies }, random) => {
    const [loc, vel, ones] = [drawNormals(3 * bodies, random), new Float64Array(3 * bodies), new Float64Array(bodies)];
    return { loc, vel, charges: ones.fill(1), edges: outerProduct(ones) };
  },
  forces: () => (loc, _vel, force) => force.set(loc.map((x) => -x)),
  potential: () => (loc) => loc.reduce((energy, x) => energy + (x * x) / 2, 0),
});

describe('a kind that is added to the list', () => {
  it('needs nothing but its record', () => {
    const laws = { bodies: 3, timeStep: 0.01, softening: 0 };
    const state = trap.draw(laws, new NumpyRandom(1));
    const force = new Float64Array(9);
    trap.forces(state, laws)(state.loc, state.vel, force);
    expect([...force]).toEqual([...state.loc.map((x) => -x)]);
    const known: SystemKindRecord[] = [...systemKinds, trap];
    expect(known.find(({ name }) => name === 'trap')?.potential(state, laws)(Float64Array.of(2))).toBe(2);
  });
});

describe('the list of kinds', () => {
  it('has names and files of their own', () => {
    expect(new Set(SYSTEM_KINDS).size).toBe(systemKinds.length);
    expect(new Set(systemKinds.map(({ files }) => files.prefix + files.setting)).size).toBe(systemKinds.length);
  });
});

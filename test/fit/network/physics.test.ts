import { describe, expect, it } from 'vitest';
import { fitFunction } from '../../../src/fit/network/fit-function.js';
import { encoderNames } from '../../../src/networks/encoders.js';
import { openFunction } from '../../../src/networks/geometric-function.js';
import { Rng } from '../../../src/random/generator.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { expectClose } from '../../support/close.js';
import { dipole, energy, fitConfig, forces, openFitted, quadrupole, randomGeometry, target } from './support/fitted.js';

const largest = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => Math.max(a, Math.abs(b)), 0);

const joined = (...parts: { species: string[]; positions: ArrayLike<number> }[]) => ({
  species: parts.flatMap(({ species }) => species),
  positions: parts.flatMap(({ positions }) => Array.from(positions)),
});

const moved = (positions: ArrayLike<number>, by: readonly number[]): number[] =>
  Array.from(positions, (x, k) => x + by[k % 3]);

/** Four atoms in a skew cell. */
const crystal = {
  species: ['C', 'H', 'O', 'H'],
  positions: [0.1, 0.2, 0.3, 1.4, 0.5, 0.2, 0.4, 1.9, 1.3, 1.8, 1.7, 2.1],
  cell: [3, 0, 0, 0.4, 3.2, 0, -0.3, 0.5, 3.4],
};
const latticeVector = (k: number): number[] => crystal.cell.slice(3 * k, 3 * k + 3);

describe.each(encoderNames.map((name) => ({ name })))('$name', ({ name }) => {
  it('has forces that are minus the slope of the energy', async () => {
    const { predictor, predict } = await openFitted(fitConfig(name));
    const geometry = randomGeometry(Rng.fromSeed(2), 7);
    const { forces } = await predict(geometry);
    const energyAt = async (axis: number, by: number): Promise<number> =>
      (await predict({ ...geometry, positions: geometry.positions.with(axis, geometry.positions[axis] + by) }))
        .energy[0];
    const h = 0.02;
    for (const k of [0, 4, 8, 11, 15, 20]) {
      const [near, far] = [
        (await energyAt(k, h)) - (await energyAt(k, -h)),
        (await energyAt(k, 2 * h)) - (await energyAt(k, -2 * h)),
      ];
      const slope = (8 * near - far) / (12 * h);
      expect(Math.abs(forces[k] + slope)).toBeLessThan(2e-3 * largest(forces));
    }
    await predictor.close();
  });

  it('gives two far molecules the sum of their energies, and leaves their forces, dipoles and quadrupoles', async () => {
    const local = [dipole, quadrupole].map((kind) => ({ ...kind, moment: false }));
    const { predictor, predict } = await openFitted(fitConfig(name, {}, { targets: [energy, forces, ...local] }));
    const [a, b] = [randomGeometry(Rng.fromSeed(3), 6), randomGeometry(Rng.fromSeed(4), 9)];
    const [ofA, ofB] = [await predict(a), await predict(b)];
    for (const away of [30, 60]) {
      const both = await predict(joined(a, { ...b, positions: moved(b.positions, [away, 3, -2]) }));
      const sum = (key: string): number[] => Array.from(ofA[key], (x, k) => x + ofB[key][k]);
      for (const key of ['energy', 'dipole', 'quadrupole'])
        expectClose(both[key], sum(key), 1e-5 * Math.max(largest(ofA[key]), largest(ofB[key])));
      expectClose(both.forces, [...ofA.forces, ...ofB.forces], 1e-5 * largest(ofA.forces));
    }
    await predictor.close();
  });

  it('takes atoms that see none', async () => {
    const { network, weights, predict, predictor } = await openFitted(fitConfig(name));
    const alone = await predict({ species: ['C'], positions: [7, 8, 9] });
    expect(Number.isFinite(alone.energy[0])).toBe(true);
    expect([...alone.forces].map(Math.abs)).toEqual([0, 0, 0]);
    const [h, o] = await Promise.all(['H', 'O'].map((one) => predict({ species: [one], positions: [0, 0, 0] })));
    expect(h.energy[0]).not.toBeCloseTo(o.energy[0], 3);
    await predictor.close();
    // All of a batch out of sight of each other: a program without edges.
    const { run, close } = await openFunction(await openRuntime(), fitFunction(network), weights);
    const sizes = [2, 1];
    const arrays = {
      positions: Float32Array.of(0, 0, 0, 50, 0, 0, 1, 2, 3),
      species: Int32Array.of(0, 2, 1),
      cells: new Float32Array(18),
      periodic: new Int32Array(6),
    };
    const found = await run({ sizes, arrays });
    expectClose(found.energy, [h.energy[0] + o.energy[0], alone.energy[0]], 1e-5);
    expect(largest(found.forces)).toBe(0);
    await close();
  });

  it('sees a crystal the same whatever cell describes it, and wherever its atoms are counted', async () => {
    const { predictor, predict } = await openFitted(fitConfig(name));
    const one = await predict(crystal);
    const scale = largest(one.forces);
    expect(scale).toBeGreaterThan(1e-2);
    for (let axis = 0; axis < 3; axis++) {
      const by = latticeVector(axis);
      const cell = crystal.cell.map((x, k) => (Math.floor(k / 3) === axis ? 2 * x : x));
      const double = await predict({
        ...joined(crystal, { ...crystal, positions: moved(crystal.positions, by) }),
        cell,
      });
      expectClose(double.energy, [2 * one.energy[0]], 1e-5 * Math.abs(2 * one.energy[0]));
      expectClose(double.forces, [...one.forces, ...one.forces], 1e-5 * scale);
      const positions = crystal.positions.map((x, k) => (Math.floor(k / 3) === 2 ? x - 2 * by[k % 3] : x));
      const elsewhere = await predict({ ...crystal, positions });
      expectClose(elsewhere.energy, [...one.energy], 1e-5 * Math.abs(one.energy[0]));
      expectClose(elsewhere.forces, [...one.forces], 1e-5 * scale);
    }
    await predictor.close();
  });

  it('sees in the middle of a large piece of a crystal what it sees in the crystal', async () => {
    const charges = target('charges', { of: 'node', extensive: false });
    const { predictor, predict } = await openFitted(fitConfig(name, { cutoff: 3 }, { targets: [charges] }));
    const steps = [0, 1, -1, 2, -2];
    const images = steps.flatMap((a) => steps.flatMap((b) => steps.map((c) => [a, b, c])));
    const pieces = images.map((count) => {
      const by = [0, 1, 2].map((k) => count.reduce((sum, n, axis) => sum + n * crystal.cell[3 * axis + k], 0));
      return { species: crystal.species, positions: moved(crystal.positions, by) };
    });
    const [piece, whole] = [await predict(joined(...pieces)), await predict(crystal)];
    expectClose(piece.charges.slice(0, 4), [...whole.charges], 1e-5 * largest(whole.charges));
    expect(Math.abs(piece.charges[piece.charges.length - 4] - whole.charges[0])).toBeGreaterThan(1e-3);
    await predictor.close();
  });

  it('tells mirror images apart where it may, and never where parity is even', async () => {
    const hand = {
      species: ['C', 'H', 'O', 'C', 'H', 'H'],
      positions: [0, 0, 0, 0.6, 0.6, 0.7, -0.8, -0.8, 0.9, -0.9, 0.8, -0.8, 0.6, -0.7, -0.6, -1.9, 0.7, -0.6],
    };
    const mirrored = { ...hand, positions: hand.positions.map((x, k) => (k % 3 === 2 ? -x : x)) };
    for (const parity of ['even', 'any']) {
      const { predictor, predict } = await openFitted(fitConfig(name, { parity }));
      const [one, other] = [await predict(hand), await predict(mirrored)];
      const error = Math.abs(one.energy[0] - other.energy[0]) / largest(one.forces);
      if (parity === 'even') {
        expect(error).toBeLessThan(2e-6);
        const back = Array.from(other.forces, (x, k) => (k % 3 === 2 ? -x : x));
        expectClose(back, [...one.forces], 1e-5 * largest(one.forces));
      } else expect(error).toBeGreaterThan(2e-5);
      await predictor.close();
    }
  });
});

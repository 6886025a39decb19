import { describe, expect, it } from 'vitest';
import { geometrySet } from '../../../src/fit/data/geometry-builder.js';
import {
  type ComparedTarget,
  errorsOfGeometries,
  targetErrors,
  worstGeometries,
} from '../../../src/fit/evaluation/target-errors.js';
import type { ResolvedTarget } from '../../../src/fit/quantity.js';
import { resolveTargets } from '../../../src/fit/resolve-targets.js';
import { targetValues } from '../../../src/fit/target-values.js';

const none = Number.NaN;
/** Molecules of 1, 2 and 4 atoms with energies 10, 20 and 60; the last lacks a dipole, one atom lacks forces. */
const set = geometrySet(
  [1, 2, 4].map((atoms, k) => ({
    species: new Array<string>(atoms).fill('H'),
    positions: Array.from({ length: 3 * atoms }, (_, i) => i),
    ofGraphs: { energy: [[10, 20, 60][k]], ...(k < 2 && { dipole: [k, -k, 0] }) },
    ofNodes: {
      forces: { width: 3, data: Array.from({ length: 3 * atoms }, (_, i) => (k === 1 && i === 5 ? none : 1)) },
    },
    source: { file: 'a.xyz', line: k + 1 },
  })),
);
const [energy, forces, dipole] = resolveTargets(['energy', 'forces', 'dipole'], set);
const compared = (target: ResolvedTarget, predicted: readonly number[]): ComparedTarget => ({
  target,
  values: targetValues(set, target),
  predicted,
});

describe('errors of targets', () => {
  it('are means over all numbers, beside what a constant scores', () => {
    const errors = targetErrors(set, compared(energy, [11, 18, 66]));
    expect(errors).toMatchObject({ name: 'energy', unit: 'eV', of: 'graph', compared: 3, missing: 0, width: 1 });
    expect(errors.meanAbsolute).toBeCloseTo(3, 12);
    expect(errors.rootMeanSquare).toBeCloseTo(Math.sqrt(41 / 3), 12);
    // The mean is 30: off by 20, 10 and 30.
    expect(errors.spread.meanAbsolute).toBeCloseTo(20, 12);
    expect(errors.spread.rootMeanSquare).toBeCloseTo(Math.sqrt(1400 / 3), 12);
    expect(errors.largest).toEqual({ error: 6, geometry: 2, source: { file: 'a.xyz', line: 3 } });
  });

  it('of energies are told an atom too', () => {
    const { perAtom } = targetErrors(set, compared(energy, [11, 18, 66]));
    expect(perAtom?.meanAbsolute).toBeCloseTo((1 + 1 + 1.5) / 3, 12);
    // 10, 10 and 15 an atom.
    expect(perAtom?.spread.meanAbsolute).toBeCloseTo((5 / 3 + 5 / 3 + 10 / 3) / 3, 12);
    expect(targetErrors(set, compared(dipole, new Array(9).fill(0))).perAtom).toBeUndefined();
  });

  it('do not count what is missing, and count how much is', () => {
    const errors = targetErrors(set, compared(dipole, [0, 0, 0, 0, 0, 0, 99, 99, 99]));
    expect(errors).toMatchObject({ compared: 2, missing: 1, width: 3 });
    expect(errors.meanAbsolute).toBeCloseTo(2 / 6, 12);
    // Components have means of their own: 1/2, -1/2, 0.
    expect(errors.spread.meanAbsolute).toBeCloseTo(1 / 3, 12);
    const allMissing = { ...compared(dipole, new Array(9).fill(0)) };
    const without = { ...allMissing, values: { ...allMissing.values, present: new Uint8Array(3), missing: 3 } };
    expect(targetErrors(set, without)).toMatchObject({ meanAbsolute: null, largest: null, compared: 0, missing: 3 });
  });

  it('say at which atom of which geometry the largest is', () => {
    const predicted = new Array<number>(21).fill(1);
    predicted[3 * (1 + 2 + 1) + 1] = 3.5;
    predicted[8] = 1000; // The atom that lacks forces.
    const errors = targetErrors(set, compared(forces, predicted));
    expect(errors.largest).toEqual({ error: 2.5, geometry: 2, source: { file: 'a.xyz', line: 3 }, atom: 2 });
    expect(errors).toMatchObject({ compared: 6, missing: 1, meanAbsolute: 2.5 / 18 });
  });

  it('are no number where a prediction is none, and say where', () => {
    const errors = targetErrors(set, compared(energy, [11, none, 66]));
    expect(errors.meanAbsolute).toBeNaN();
    expect(errors.largest?.source.line).toBe(2);
  });

  it('of geometries are means of each, the worst first', () => {
    const predicted = new Array<number>(21).fill(1);
    predicted[0] = 4;
    predicted[9] = 7;
    const one = compared(forces, predicted);
    expect([...errorsOfGeometries(set, one)]).toEqual([1, 0, 0.5]);
    expect(worstGeometries(set, one, 2).map(({ source, error }) => [source.line, error])).toEqual([
      [1, 1],
      [3, 0.5],
    ]);
    expect(worstGeometries(set, compared(dipole, new Array(9).fill(0)), 9).map(({ geometry }) => geometry)).toEqual([
      1, 0,
    ]);
  });
});

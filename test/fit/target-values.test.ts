import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { geometrySet } from '../../src/fit/data/geometry-builder.js';
import { readGeometries } from '../../src/fit/data/read-geometries.node.js';
import type { TargetsConfig } from '../../src/fit/quantity-config.js';
import { resolveTargets } from '../../src/fit/resolve-targets.js';
import { sayMissing, targetValues, valuesForFiles } from '../../src/fit/target-values.js';
import { fixturePath } from '../support/fixtures.js';

const none = Number.NaN;
/** A set of geometries of one atom, each with such numbers of a column. */
const setOf = (column: string, rows: (number[] | undefined)[], of: 'ofGraphs' | 'ofNodes' = 'ofGraphs') =>
  geometrySet(
    rows.map((row, k) => ({
      species: ['H'],
      positions: [0, 0, 0],
      ...(row && { [of]: { [column]: of === 'ofGraphs' ? row : { width: row.length, data: row } } }),
      source: { file: 'a.xyz', line: 3 * k + 1 },
    })),
  );
const valuesOf = (config: TargetsConfig, rows: (number[] | undefined)[], of: 'ofGraphs' | 'ofNodes' = 'ofGraphs') => {
  const set = setOf(Object.keys(config)[0], rows, of);
  const [target] = resolveTargets(config, set);
  return { set, target, values: targetValues(set, target) };
};

describe('the numbers of a target', () => {
  it('are marked and counted where they are missing', () => {
    const { set, target, values } = valuesOf({ dipole: {} }, [[1, 2, 3], undefined, [4, none, 6]]);
    expect([...values.data]).toEqual([1, 2, 3, none, none, none, none, none, none]);
    expect([...values.present]).toEqual([1, 0, 0]);
    expect(values.missing).toBe(2);
    expect(sayMissing(set, target, values)).toBe('dipole is missing in 2 of 3 geometries, where it does not count');
  });

  it('are 6 of a symmetric tensor, however the file has them', () => {
    const rows = [1, 2, 3, 2, 5, 6, 3, 6, 9];
    const half = [1, 2, 3, 5, 6, 9];
    const numbers = (config: TargetsConfig, row: number[]) => [...valuesOf(config, [row]).values.data];
    expect(numbers({ stress: {} }, rows)).toEqual(half);
    expect(numbers({ stress: {} }, half)).toEqual(half);
    expect(numbers({ stress: { voigt: true } }, [1, 5, 9, 6, 3, 2])).toEqual(half);
    expect(numbers({ stress: { symmetry: 'none' } }, rows)).toEqual(rows);
  });

  it('go back into the form of the file', () => {
    const rows = [1, 2, 3, 2, 5, 6, 3, 6, 9];
    for (const [config, row] of [
      [{ stress: {} }, rows],
      [{ stress: {} }, [1, 2, 3, 5, 6, 9]],
      [{ stress: { voigt: true } }, [1, 5, 9, 6, 3, 2]],
      [{ dipole: {} }, [1, 2, 3]],
    ] as const) {
      const { target, values } = valuesOf(config, [[...row], [...row]]);
      expect([...valuesForFiles(target, values.data)]).toEqual([...row, ...row]);
    }
  });

  it('have no trace where they are declared so', () => {
    const { values } = valuesOf({ quadrupole: {} }, [[1, 2, 3, 1, 4, -1.999]]);
    expect(values.data[0] + values.data[3] + values.data[5]).toBeCloseTo(0, 12);
    expect(values.data[0]).toBeCloseTo(1 - 0.001 / 3, 12);
  });

  it('in a small tensor may be rounded as in others', () => {
    expect(
      valuesOf({ quadrupole: {} }, [
        [1, 0, 0, 1, 0, -2],
        [1e-4, 0, 0, 0, 0, 0],
      ]).values.missing,
    ).toBe(0);
  });

  it.each<[TargetsConfig, number[], string]>([
    [
      { quadrupole: {} },
      [1, 0, 0, 1, 0, -1.9],
      'a.xyz:1: quadrupole has the trace 0.1; declare its symmetry symmetric',
    ],
    [
      { stress: {} },
      [1, 2, 3, 2.1, 5, 6, 3, 6, 9],
      'a.xyz:1: stress is not symmetric: 2 and 2.1; declare its symmetry none',
    ],
    [{ quadrupole: { voigt: false } }, [1, -3, 2, 0, 0, 0], 'a.xyz:1: quadrupole has the trace 1'],
  ])('that contradict the declaration are refused: %j %j', (config, row, message) => {
    expect(() => valuesOf(config, [row])).toThrow(UserError);
    expect(() => valuesOf(config, [row])).toThrow(message);
  });

  it('of atoms name the atom', () => {
    const config = { t: { of: 'node', order: 2, symmetry: 'traceless', unit: 'x' } } as const;
    expect(() =>
      valuesOf(
        config,
        [
          [1, 0, 0, -1, 0, 0],
          [1, 0, 0, 1, 0, 0],
        ],
        'ofNodes',
      ),
    ).toThrow('a.xyz:4: t of atom 1 has the trace 2');
  });

  it('of files that we learn from are as declared', async () => {
    const set = await readGeometries([fixturePath('fit', 'multipoles.xyz.gz')]);
    const targets = resolveTargets(['energy', 'forces', 'dipole', 'quadrupole'], set);
    expect(targets.map((target) => targetValues(set, target).missing)).toEqual([0, 0, 0, 0]);
    expect(targetValues(set, targets[3]).width).toBe(6);
  });
});

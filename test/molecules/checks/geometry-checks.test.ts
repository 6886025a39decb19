import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyRotation, randomRotation } from '../../../src/geometry/index.js';
import { checkGeometry, checkStereo, repairMirror } from '../../../src/molecules/checks/geometry-checks.js';
import { Rng } from '../../../src/random/generator.js';
import { molBlockCases, moleculeInSpace } from '../support/mol-blocks.js';

/** Coordinates with some atoms moved. */
function moved(coordinates: Float32Array, by: Readonly<Record<number, readonly number[]>>): Float32Array {
  const result = coordinates.slice();
  for (const [atom, shift] of Object.entries(by)) {
    for (const axis of [0, 1, 2]) result[3 * Number(atom) + axis] += shift[axis];
  }
  return result;
}

/** Coordinates with two atoms in each other's places. */
function swapped(coordinates: Float32Array, i: number, j: number): Float32Array {
  const result = coordinates.slice();
  result.set(coordinates.subarray(3 * i, 3 * i + 3), 3 * j);
  result.set(coordinates.subarray(3 * j, 3 * j + 3), 3 * i);
  return result;
}

const mirrored = (coordinates: Float32Array): Float32Array => coordinates.map((x, k) => (k % 3 === 1 ? -x : x));
const between = (coordinates: Float32Array, i: number, j: number): number[] =>
  [0, 1, 2].map((axis) => coordinates[3 * j + axis] - coordinates[3 * i + axis]);
const scaled = (vector: readonly number[], by: number): number[] => vector.map((x) => x * by);
const kinds = (findings: readonly { kind: string }[]): string[] => findings.map(({ kind }) => kind);
const all = molBlockCases.map(({ smiles }) => ({ smiles, ...moleculeInSpace(smiles) }));
const chiral = all.filter(({ molecule }) => molecule.centres.some(({ hand }) => hand !== 0));

describe('checkGeometry and checkStereo', () => {
  it.each(all)('find nothing wrong with $smiles, however it lies', ({ molecule, coordinates }) => {
    const turned = applyRotation(randomRotation(Rng.fromSeed(4)), coordinates).map((x) => x + 3);
    for (const list of [coordinates, turned]) {
      expect([...checkGeometry(molecule, list), ...checkStereo(molecule, list)]).toEqual([]);
    }
  });

  it('refuse another number of coordinates', () => {
    const { molecule, coordinates } = moleculeInSpace('C/C=C/C');
    expect(() => checkGeometry(molecule, coordinates.subarray(3))).toThrow(RangeError);
    expect(() => checkStereo(molecule, coordinates.subarray(3))).toThrow(RangeError);
  });
});

describe('checkGeometry', () => {
  const { molecule, coordinates } = moleculeInSpace('C/C=C/C');
  const axis = between(coordinates, 1, 2);

  it('finds bonds that are too long or too short', () => {
    // One half of the molecule, pulled along the double bond.
    const half = [2, 3, 8, 9, 10, 11];
    const pulled = (by: number) => moved(coordinates, Object.fromEntries(half.map((atom) => [atom, scaled(axis, by)])));
    const [long] = checkGeometry(molecule, pulled(0.25));
    expect(long).toMatchObject({ kind: 'bond length', atoms: [1, 2] });
    expect(long.value).toBeGreaterThan(long.limit);
    expect(long.text).toMatch(/^bond length: C2–C3 is 1\.\d{3} Å long, expected 1\.\d{3} Å$/);
    const short = checkGeometry(molecule, pulled(-0.25)).find(({ kind }) => kind === 'bond length');
    expect(short).toMatchObject({ atoms: [1, 2] });
    expect(short?.value).toBeLessThan(short?.limit ?? 0);
    expect(checkGeometry(molecule, pulled(0.1))).toEqual([]);
  });

  it('finds atoms that are too near, beyond the next but one', () => {
    const near = moved(coordinates, { 9: between(coordinates, 9, 4).map((x) => 0.7 * x) });
    const clash = checkGeometry(molecule, near).find(({ kind, atoms }) => kind === 'clash' && atoms[0] === 4);
    expect(clash?.atoms).toEqual([4, 9]);
    expect(clash?.value).toBeLessThan(clash?.limit ?? 0);
  });

  it('tells a distance just below the limit from it', () => {
    const apart = between(coordinates, 4, 9);
    const clashAt = (distance: number) => {
      const near = moved(coordinates, { 9: scaled(apart, distance / Math.hypot(...apart) - 1) });
      return checkGeometry(molecule, near).find(({ kind, atoms: [i, j] }) => kind === 'clash' && i === 4 && j === 9);
    };
    const limit = clashAt(1)?.limit ?? 0;
    const text = clashAt(limit - 1e-4)?.text ?? '';
    const [found, least] = [...text.matchAll(/\d\.\d\d/g)].map(Number);
    expect(found).toBeLessThan(least);
  });

  it('finds angles that are too narrow', () => {
    // A hydrogen of the methyl group, moved towards another one at the length of its bond.
    const [a, b] = [between(coordinates, 0, 4), between(coordinates, 0, 5)];
    const sum = a.map((x, k) => x + 3 * b[k]);
    const [length, wanted] = [Math.hypot(...a), Math.hypot(...sum)];
    const narrow = moved(coordinates, { 4: sum.map((x, k) => (x * length) / wanted - a[k]) });
    expect(checkGeometry(molecule, narrow)).toMatchObject([{ kind: 'narrow angle', atoms: [4, 5] }]);
  });

  it('finds trigonal carbons that are not planar', () => {
    const [left, right] = [between(coordinates, 1, 0), axis];
    const normal = [0, 1, 2].map(
      (k) => left[(k + 1) % 3] * right[(k + 2) % 3] - left[(k + 2) % 3] * right[(k + 1) % 3],
    );
    const high = moved(coordinates, { 1: scaled(normal, 0.45 / Math.hypot(...normal)) });
    const found = checkGeometry(molecule, high).find(({ kind }) => kind === 'not planar');
    expect(found?.atoms).toEqual([1, 0, 2, 7]);
    expect(found?.value).toBeCloseTo(0.45, 2);
  });

  it('finds what is not finite, and only that', () => {
    const broken = moved(coordinates, { 3: [0, Number.NaN, 0], 5: [Number.POSITIVE_INFINITY, 0, 0] });
    expect(checkGeometry(molecule, broken)).toMatchObject([
      { kind: 'not finite', atoms: [3], text: 'not finite: a coordinate of C4 is NaN' },
      { kind: 'not finite', atoms: [5] },
    ]);
    expect(kinds(checkStereo(molecule, broken))).toEqual(['twisted double bond']);
  });

  it('lets hydrogen bonds be', () => {
    const { molecule: zwitterion, coordinates: folded } = moleculeInSpace('C[C@@H]([NH3+])C(=O)[O-]');
    const nearest = Math.min(
      ...Array.from(zwitterion.atomicNumbers.keys())
        .filter((atom) => zwitterion.atomicNumbers[atom] === 1)
        .map((atom) => Math.min(...[4, 5].map((oxygen) => Math.hypot(...between(folded, atom, oxygen))))),
    );
    expect(nearest).toBeLessThan(2);
    expect(checkGeometry(zwitterion, folded)).toEqual([]);
  });
});

describe('checkStereo', () => {
  it.each(chiral)('finds any two neighbours of a centre of $smiles that are exchanged', ({ molecule, coordinates }) => {
    for (const { atom, around } of molecule.centres) {
      const neighbours = around.filter((other) => other !== atom);
      for (const [k, i] of neighbours.entries()) {
        for (const j of neighbours.slice(k + 1)) {
          const found = checkStereo(molecule, swapped(coordinates, i, j));
          expect(found.some(({ kind, atoms }) => kind === 'wrong hand' && atoms[0] === atom)).toBe(true);
        }
      }
    }
  });

  it('finds the wrong side of a double bond, and none', () => {
    const { molecule, coordinates } = moleculeInSpace('C/C=C/C');
    expect(checkStereo(molecule, swapped(coordinates, 0, 7))).toMatchObject([
      { kind: 'wrong side', atoms: [0, 1, 2, 3], text: 'wrong side: C1 and C4 at C2=C3 are cis, not trans' },
    ]);
    const axis = between(coordinates, 1, 2);
    const arm = between(coordinates, 2, 3);
    const normal = [0, 1, 2].map((k) => axis[(k + 1) % 3] * arm[(k + 2) % 3] - axis[(k + 2) % 3] * arm[(k + 1) % 3]);
    const along = scaled(
      axis,
      axis.reduce((sum, x, k) => sum + x * arm[k], 0) / axis.reduce((sum, x) => sum + x * x, 0),
    );
    const upright = moved(coordinates, { 3: normal.map((x, k) => x / Math.hypot(...normal) + along[k] - arm[k]) });
    expect(checkStereo(molecule, upright)).toMatchObject([
      { kind: 'twisted double bond', text: 'twisted double bond: C2=C3 is twisted halfway' },
    ]);
  });

  it('finds centres that lie flat', () => {
    const { molecule, coordinates } = moleculeInSpace('C[C@H](F)Cl');
    const [found] = checkStereo(
      molecule,
      coordinates.map((x, k) => (k % 3 === 2 ? 0 : x)),
    );
    expect(found).toMatchObject({
      kind: 'flat centre',
      value: 0,
      text: 'flat centre: C2 is flat and has no chirality',
    });
    expect(found.atoms[0]).toBe(1);
  });

  it('takes what is open for right', () => {
    const { molecule, coordinates } = moleculeInSpace('F[C@@H](Cl)/C=C/Br');
    const open = {
      ...molecule,
      centres: molecule.centres.map((centre) => ({ ...centre, hand: 0 as const })),
      stereoBonds: molecule.stereoBonds.map((bond) => ({ ...bond, side: 'open' as const })),
    };
    expect(kinds(checkStereo(molecule, mirrored(coordinates)))).toEqual(['wrong hand']);
    expect(checkStereo(open, mirrored(coordinates))).toEqual([]);
    expect(repairMirror(open, mirrored(coordinates))).toBeUndefined();
  });
});

describe('repairMirror', () => {
  it.each(chiral)('gives $smiles from its mirror image, with all distances', ({ molecule, coordinates }) => {
    const repaired = repairMirror(molecule, mirrored(coordinates));
    expect(checkStereo(molecule, repaired ?? [])).toEqual([]);
    const distances = (list: Float32Array) =>
      Array.from(molecule.atomicNumbers, (_, k) => Math.hypot(...between(list, 0, k)));
    expect(distances(repaired ?? coordinates)).toEqual(distances(coordinates));
    expect(repairMirror(molecule, coordinates)).toBeUndefined();
  });

  it('leaves alone what it would not put right', () => {
    const sugar = moleculeInSpace('OC[C@H]1O[C@@H](O)[C@H](O)[C@@H]1O');
    const [centre] = sugar.molecule.centres;
    const hydrogen = centre.around.filter((atom) => sugar.molecule.atomicNumbers[atom] === 1)[0];
    const one = swapped(sugar.coordinates, hydrogen, centre.around.filter((atom) => atom !== hydrogen)[0]);
    expect(checkStereo(sugar.molecule, one).length).toBeGreaterThan(0);
    expect(repairMirror(sugar.molecule, one)).toBeUndefined();
    expect(repairMirror(sugar.molecule, mirrored(one))).toBeUndefined();
    const plain = moleculeInSpace('C/C=C/C');
    expect(repairMirror(plain.molecule, mirrored(plain.coordinates))).toBeUndefined();
  });

  it('mends exactly those conformers whose centres are all inverted', () => {
    const { molecule, coordinates } = moleculeInSpace('OC[C@H]1O[C@@H](O)[C@H](O)[C@@H]1O');
    const hands = fc.array(fc.constantFrom(1, -1), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(hands, (signs) => {
        const other = {
          ...molecule,
          centres: molecule.centres.map((centre, k) => ({ ...centre, hand: (centre.hand * signs[k]) as 1 | -1 })),
        };
        const isInverted = signs.every((sign) => sign === -1);
        expect(repairMirror(other, coordinates) !== undefined).toBe(isInverted);
        expect(checkStereo(other, coordinates)).toHaveLength(signs.filter((sign) => sign === -1).length);
      }),
    );
  });
});

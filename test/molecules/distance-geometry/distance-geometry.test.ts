import { describe, expect, it } from 'vitest';
import { checkStereo } from '../../../src/molecules/checks/stereo-checks.js';
import { embeddingPlan, embedShape } from '../../../src/molecules/distance-geometry/distance-geometry.js';
import { idealGeometry } from '../../../src/molecules/ideal-geometry/ideal-geometry.js';
import type { Molecule } from '../../../src/molecules/molecule.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { randomIsomer } from '../../../src/molecules/stereo/isomers.js';
import { rmsdMatrix } from '../../../src/molecules/symmetry/best-rmsd.js';
import { torsionAngle } from '../../../src/molecules/torsions/torsion-moves.js';
import { Rng } from '../../../src/random/generator.js';

const shapes = (molecule: Molecule, count: number, seed = 1): Float32Array[] => {
  const [plan, rng] = [embeddingPlan(molecule), Rng.fromSeed(seed)];
  return Array.from({ length: count }, (_, k) => embedShape(plan, rng.fork(k)) ?? new Float32Array(0));
};

const degrees = (shape: Float32Array, path: readonly number[]): number =>
  Math.abs((torsionAngle(Float64Array.from(shape), path) * 180) / Math.PI);

/** Stereo, charges, hypervalent atoms, cages, chains, a macrocycle, single atoms. */
const SMILES = [
  'C',
  '[H][H]',
  '[NH4+]',
  '[Na+]',
  'C#C',
  'C=C=C',
  'N[C@@H](C)C(=O)O',
  'C/C=C\\C',
  'C/C=C/[C@H](C)[C@@H](O)/C=C\\C',
  'C[S@](=O)c1ccccc1',
  'C[C@H]1CC[C@@H](C)CC1',
  'C1C[C@@H]2CCCC[C@H]2C1',
  'OC[C@H]1O[C@@H](O)[C@H](O)[C@@H](O)[C@@H]1O',
  'C1C2CC3CC1CC(C2)C3',
  'C12C3C4C1C5C2C3C45',
  'C1CC/C=C/CCC1',
  'C1CCCCCCCCCCCCC1',
  'FS(F)(F)(F)(F)F',
  'FP(F)(F)(F)F',
  'CC(C)(C)c1cc(C(C)(C)C)cc(C(C)(C)C)c1',
  'c1ccc2c(c1)ccc1c2ccc2ccccc21',
  'C[N+](C)(C)CC(=O)[O-]',
  'Cn1cnc2c1c(=O)n(C)c(=O)n2C',
  'CN1CC[C@]23[C@@H]4[C@H]1CC5=C2C(=C(C=C5)O)O[C@H]3[C@H](C=C4)O',
];

describe('shapes by distance geometry', () => {
  it.each(SMILES)('of %s have its stereo and sound bonds', (smiles) => {
    const molecule = randomIsomer(parseSmiles(smiles), Rng.fromSeed(1));
    const { length } = idealGeometry(molecule);
    const { isSound } = embeddingPlan(molecule);
    for (const shape of shapes(molecule, 4)) {
      expect(shape).toHaveLength(3 * molecule.atomicNumbers.length);
      expect(checkStereo(molecule, shape)).toEqual([]);
      expect(isSound(shape)).toBe(true);
      molecule.bonds.begin.forEach((i, k) => {
        const j = molecule.bonds.end[k];
        const between = Math.hypot(...[0, 1, 2].map((axis) => shape[3 * i + axis] - shape[3 * j + axis]));
        expect(Math.abs(between - length(i, j))).toBeLessThan(0.12);
      });
    }
  });

  it('are the same for the same random numbers, and differ for others', () => {
    const molecule = parseSmiles('CCCCO');
    expect(shapes(molecule, 3)).toEqual(shapes(molecule, 3));
    expect(shapes(molecule, 1, 1)).not.toEqual(shapes(molecule, 1, 2));
  });

  it('are as varied as a chain can be', () => {
    const molecule = parseSmiles('CCCCC');
    const found = shapes(molecule, 40);
    const kinds = found.map((shape) =>
      [
        [0, 1, 2, 3],
        [1, 2, 3, 4],
      ].map((path) => (degrees(shape, path) > 120 ? 'anti' : 'gauche')),
    );
    const seen = new Set(kinds.map((kind) => kind.toSorted().join(' ')));
    expect([...seen].sort()).toEqual(['anti anti', 'anti gauche', 'gauche gauche']);
    const rmsds = rmsdMatrix(molecule, found.slice(0, 1), found);
    expect(Math.max(...rmsds)).toBeGreaterThan(0.5);
  });

  it('have esters and amides mostly cis, and trans now and then', () => {
    const [ester, amide] = ['COC(C)=O', 'CNC(C)=O'].map((smiles) => shapes(parseSmiles(smiles), 60));
    for (const found of [ester, amide]) {
      const torsions = found.map((shape) => degrees(shape, [0, 1, 2, 4]));
      const cis = torsions.filter((torsion) => torsion < 40).length;
      const trans = torsions.filter((torsion) => torsion > 140).length;
      expect(cis + trans).toBe(60);
      expect(trans).toBeGreaterThan(0);
      expect(cis).toBeGreaterThan(45);
    }
  });

  it('have chairs, with branches mostly in equatorial places', () => {
    const ring = [1, 2, 3, 4, 5, 6];
    const torsions = (shape: Float32Array) =>
      ring.map((_, k) =>
        torsionAngle(
          Float64Array.from(shape),
          [0, 1, 2, 3].map((step) => ring[(k + step) % 6]),
        ),
      );
    const found = shapes(parseSmiles('CC1CCCCC1'), 60);
    const isChair = (shape: Float32Array) => torsions(shape).every((t, k, all) => t * all[(k + 1) % 6] < 0);
    const chairs = found.filter(isChair);
    expect(chairs.length).toBeGreaterThan(48);
    const equatorial = chairs.filter((shape) => degrees(shape, [0, 1, 2, 3]) > 140).length;
    expect(equatorial / chairs.length).toBeGreaterThan(0.6);
    expect(equatorial).toBeLessThan(chairs.length);
  });

  it('are none where an isomer cannot be', () => {
    // Two bridgeheads of a small cage that would have to point inwards.
    const molecule = parseSmiles('C1C[C@H]2C[C@@H]1C2');
    const [centre] = molecule.centres;
    const impossible = centre && {
      ...molecule,
      centres: molecule.centres.map((each) => (each === centre ? { ...each, hand: each.hand === 1 ? -1 : 1 } : each)),
    };
    if (!impossible) throw new Error('there should be centres');
    const plan = embeddingPlan(impossible as Molecule);
    const shape = embedShape(plan, Rng.fromSeed(1));
    expect(shape === undefined || !plan.isSound(shape)).toBe(true);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignmentRmsd, applyRotation, randomRotation, reflection, rmsd } from '../../../src/geometry/index.js';
import type { Molecule } from '../../../src/molecules/molecule.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { automorphisms } from '../../../src/molecules/symmetry/automorphisms.js';
import { BestRmsd, overlay, rmsdMatrix } from '../../../src/molecules/symmetry/best-rmsd.js';
import { Rng } from '../../../src/random/generator.js';
import { moleculeInSpace } from '../support/mol-blocks.js';

const SMILES = [
  'CC(C)(C)c1ccccc1',
  'OCC(O)CO',
  'CC(=O)[O-]',
  'C1CCCCC1N',
  'C#N',
  'O',
  '[H][H]',
  'CC(C)(C)C(C(C)C)C(C)(C)C',
];
const molecules = SMILES.map((smiles) => parseSmiles(smiles));
const anyMolecule = fc.constantFrom(...molecules);

/** Positions of no sense: an RMSD needs none. */
const scattered = (molecule: Molecule, rng: Rng): Float32Array =>
  rng.fillNormal(new Float32Array(3 * molecule.atomicNumbers.length), 0, 2);

const movedAt = (coordinates: Float32Array, rng: Rng): Float32Array =>
  applyRotation(randomRotation(rng), coordinates).map((x, k) => x + 5 * (k % 3));

const bestRmsd = (molecule: Molecule, a: Float32Array, b: Float32Array): number => rmsdMatrix(molecule, [a], [b])[0];

const heavyPoints = (coordinates: Float32Array, atoms: ArrayLike<number>): Float64Array =>
  Float64Array.from(Array.from(atoms).flatMap((atom) => [...coordinates.subarray(3 * atom, 3 * atom + 3)]));

describe('the best RMSD', () => {
  it('is that of the best automorphism, each laid on by itself', () => {
    fc.assert(
      fc.property(anyMolecule, fc.nat(), (molecule, seed) => {
        const rng = Rng.fromSeed(seed);
        const [a, b] = [scattered(molecule, rng), scattered(molecule, rng)];
        const heavy = molecule.atomicNumbers.some((element) => element !== 1) ? 'heavy' : 'all';
        const { permutations } = automorphisms(molecule, { atoms: heavy });
        const all = permutations.map((permutation) =>
          alignmentRmsd(heavyPoints(b, permutation), heavyPoints(a, permutations[0])),
        );
        expect(bestRmsd(molecule, a, b)).toBeCloseTo(Math.min(...all), 5);
      }),
      { numRuns: 40 },
    );
  });

  it('is symmetric, and does not change as conformers turn and move', () => {
    fc.assert(
      fc.property(anyMolecule, fc.nat(), (molecule, seed) => {
        const rng = Rng.fromSeed(seed);
        const [a, b] = [scattered(molecule, rng), scattered(molecule, rng)];
        expect(bestRmsd(molecule, b, a)).toBeCloseTo(bestRmsd(molecule, a, b), 6);
        expect(bestRmsd(molecule, movedAt(a, rng), movedAt(b, rng))).toBeCloseTo(bestRmsd(molecule, a, b), 5);
      }),
      { numRuns: 40 },
    );
  });

  it('is 0 for a copy whose equal atoms have changed places', () => {
    fc.assert(
      fc.property(anyMolecule, fc.nat(), (molecule, seed) => {
        const rng = Rng.fromSeed(seed);
        const a = scattered(molecule, rng);
        const { permutations } = automorphisms(molecule);
        const permutation = permutations[rng.uint32() % permutations.length];
        const copy = a.slice();
        for (const [from, to] of permutation.entries()) copy.set(a.subarray(3 * from, 3 * from + 3), 3 * to);
        expect(bestRmsd(molecule, a, movedAt(copy, rng))).toBeLessThan(1e-4);
      }),
      { numRuns: 40 },
    );
  });

  it('tells a chiral molecule from its mirror image, and no other', () => {
    const { molecule, coordinates } = moleculeInSpace('C[C@H](F)Cl');
    expect(bestRmsd(molecule, coordinates, applyRotation(reflection(), coordinates))).toBeGreaterThan(0.3);
    const flat = moleculeInSpace('C[N+](=O)[O-]');
    expect(bestRmsd(flat.molecule, flat.coordinates, applyRotation(reflection(), flat.coordinates))).toBeLessThan(0.01);
  });

  it('takes the oxygens of a carboxylate for alike only where that is asked for', () => {
    const acetate = parseSmiles('CC(=O)[O-]');
    const a = Float32Array.from({ length: 21 }, (_, k) => [-1.5, 0, 0, 0, 0, 0, 0.6, 1.05, 0, 0.7, -1.1, 0][k] ?? k);
    const b = a.slice();
    b.set(a.subarray(6, 9), 9);
    b.set(a.subarray(9, 12), 6);
    expect(rmsdMatrix(acetate, [a], [b])[0]).toBeGreaterThan(0.01);
    expect(rmsdMatrix(acetate, [a], [b], { symmetrizeConjugatedTerminalGroups: true })[0]).toBeLessThan(1e-5);
  });

  it('is climbed to where there are too many automorphisms, never from below', () => {
    const rng = Rng.fromSeed(9);
    const molecule = parseSmiles('CC(C)(C)c1ccc(cc1)C(C)(C)C');
    const shapes = Array.from({ length: 12 }, () => scattered(molecule, rng));
    const exact = rmsdMatrix(molecule, shapes, shapes);
    const climbed = rmsdMatrix(molecule, shapes, shapes, { limit: 20 });
    expect(automorphisms(molecule).permutations.length).toBe(144);
    const excess = climbed.map((value, k) => value - exact[k]);
    expect(Math.min(...excess)).toBeGreaterThan(-1e-6);
    expect(excess.filter((more) => more < 1e-6).length).toBeGreaterThan(0.8 * exact.length);
  });

  it('refuses coordinates that are none', () => {
    const molecule = parseSmiles('CO');
    const measure = new BestRmsd(molecule);
    expect(() => measure.shape(new Float32Array(6))).toThrow('a molecule of 6 atoms has 18 coordinates, not 6');
    const broken = new Float32Array(18);
    broken[4] = Number.NaN;
    expect(() => measure.shape(broken)).toThrow('a coordinate of atom 2 is NaN');
  });
});

describe('overlay', () => {
  it('lays all atoms on their partners, at the RMSD that it tells', () => {
    fc.assert(
      fc.property(anyMolecule, fc.nat(), (molecule, seed) => {
        const rng = Rng.fromSeed(seed);
        const [a, b] = [scattered(molecule, rng), scattered(molecule, rng)];
        const { coordinates, mapping, rmsd: told } = overlay(molecule, a, b);
        expect(told).toBeCloseTo(bestRmsd(molecule, a, b), 9);
        expect(rmsd(heavyPoints(coordinates, mapping), heavyPoints(a, mapping.slice().sort()))).toBeCloseTo(told, 4);
        const all = Array.from(molecule.atomicNumbers.keys());
        expect(alignmentRmsd(heavyPoints(coordinates, all), heavyPoints(b, all))).toBeLessThan(1e-4);
      }),
      { numRuns: 40 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { embeddingPlan, embedShape } from '../../../src/molecules/distance-geometry/distance-geometry.js';
import { randomTorsions } from '../../../src/molecules/distance-geometry/random-torsions.js';
import { idealGeometry } from '../../../src/molecules/ideal-geometry/ideal-geometry.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { torsionAngle } from '../../../src/molecules/torsions/torsion-moves.js';
import { rotors } from '../../../src/molecules/torsions/torsion-preferences.js';
import { Rng } from '../../../src/random/generator.js';

const molecule = parseSmiles('CC[C@H](O)CC(=O)Nc1ccccc1C');
const start = embedShape(embeddingPlan(molecule), Rng.fromSeed(1)) ?? new Float32Array(0);
const all = rotors(idealGeometry(molecule));
const angles = (shape: Float32Array) => all.map(({ path }) => torsionAngle(Float64Array.from(shape), path));
const distance = (x: Float32Array, i: number, j: number) =>
  Math.hypot(...[0, 1, 2].map((axis) => x[3 * i + axis] - x[3 * j + axis]));

describe('bonds that turn', () => {
  it.each([
    ['CC', 0],
    ['CCC', 0],
    ['CCO', 1],
    ['CCCC', 1],
    ['C1CCCCC1', 0],
    ['CC#CC', 0],
    ['CC(=O)OC', 1],
    ['OC(=O)c1ccccc1O', 3],
    ['CC(C)(C)C', 0],
    ['FC(F)(F)CC', 0],
    ['C=CC=C', 1],
  ])('of %s are %i', (smiles, count) => {
    expect(rotors(idealGeometry(parseSmiles(smiles)))).toHaveLength(count);
  });
});

describe('random torsions', () => {
  it('leave lengths and angles as they are, and turn every bond', () => {
    const turned = randomTorsions(molecule, start, Rng.fromSeed(2));
    const { neighbours, separations, atoms } = idealGeometry(molecule).topology;
    for (const [i] of neighbours.entries()) {
      for (let j = 0; j < i; j++) {
        if (separations[i * atoms + j] > 2) continue;
        expect(Math.abs(distance(turned, i, j) - distance(start, i, j))).toBeLessThan(1e-5);
      }
    }
    const [before, after] = [angles(start), angles(turned)];
    expect(before.every((angle, k) => Math.abs(angle - after[k]) > 1e-3)).toBe(true);
  });

  it('depend on the random numbers alone, and do not touch what is given', () => {
    const kept = start.slice();
    const once = randomTorsions(molecule, start, Rng.fromSeed(3));
    expect(randomTorsions(molecule, start, Rng.fromSeed(3))).toEqual(once);
    expect(randomTorsions(molecule, start, Rng.fromSeed(4))).not.toEqual(once);
    expect(start).toEqual(kept);
  });

  it('stay near what is there where they are told to', () => {
    const turned = randomTorsions(molecule, start, Rng.fromSeed(5), { draw: 'near', spread: 1 });
    const [before, after] = [angles(start), angles(turned)];
    before.forEach((angle, k) => {
      expect(Math.abs(Math.sin((angle - after[k]) / 2))).toBeLessThan(0.05);
    });
  });

  it('draw usual angles: amides that are planar', () => {
    const amide = parseSmiles('CNC(C)=O');
    const shape = embedShape(embeddingPlan(amide), Rng.fromSeed(1)) ?? new Float32Array(0);
    for (let seed = 0; seed < 20; seed++) {
      const turned = randomTorsions(amide, shape, Rng.fromSeed(seed), { draw: 'usual' });
      expect(Math.abs(Math.sin(torsionAngle(Float64Array.from(turned), [0, 1, 2, 4])))).toBeLessThan(0.75);
    }
  });

  it('refuse coordinates that are too few or no numbers, and settings that make no sense', () => {
    const rng = Rng.fromSeed(1);
    expect(() => randomTorsions(molecule, [1, 2], rng)).toThrow('a molecule of 32 atoms has 96 coordinates, not 2');
    expect(() => randomTorsions(molecule, start.with(4, Number.NaN), rng)).toThrow('a coordinate of atom 2 is NaN');
    expect(() => randomTorsions(molecule, start, rng, { attempts: 0 })).toThrow('attempts');
    expect(() => randomTorsions(molecule, start, rng, { spread: -1 })).toThrow('spread');
  });
});

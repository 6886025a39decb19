import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { geometryChecker } from '../../../src/molecules/checks/geometry-checks.js';
import { checkStereo } from '../../../src/molecules/checks/stereo-checks.js';
import { embeddingPlan, embedShape } from '../../../src/molecules/distance-geometry/distance-geometry.js';
import { mmff94sEnergy, openForceField, relaxMmff94s } from '../../../src/molecules/force-field/force-field.js';
import { loadResources } from '../../../src/molecules/open-chem-lib.node.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { Rng } from '../../../src/random/generator.js';

/** Energies by RDKit, see `origin` in the file. */
const fixture = JSON.parse(readFileSync(new URL('../../fixtures/molecules/mmff94s.json', import.meta.url), 'utf8')) as {
  molecules: { smiles: string; coordinates: number[]; energy: number; minimum: number }[];
};

beforeAll(loadResources);

describe('MMFF94s', () => {
  it.each(fixture.molecules)("gives RDKit's energies for $smiles", ({ smiles, coordinates, energy, minimum }) => {
    const molecule = parseSmiles(smiles);
    expect(mmff94sEnergy(molecule, coordinates)).toBeCloseTo(energy, 4);
    const relaxed = relaxMmff94s(molecule, coordinates);
    if ('unsupported' in relaxed) throw new Error(relaxed.unsupported);
    expect(relaxed.energy).toBeCloseTo(minimum, 3);
    expect(relaxed.converged).toBe(true);
    // The coordinates are those of the energy, to float32.
    expect(mmff94sEnergy(molecule, relaxed.coordinates)).toBeCloseTo(relaxed.energy, 3);
    expect(checkStereo(molecule, relaxed.coordinates)).toEqual([]);
  });

  it('has an energy on exactly linear shapes, and relaxes them', () => {
    const molecule = parseSmiles('C#CC#C');
    const places = [-1.9, -0.7, 0.7, 1.9, -3, 3];
    const line = places.flatMap((x) => [x, 0, 0]);
    const energy = mmff94sEnergy(molecule, line);
    expect(energy).toBeDefined();
    expect(energy).toSatisfy(Number.isFinite);
    const relaxed = relaxMmff94s(molecule, line);
    if ('unsupported' in relaxed) throw new Error(relaxed.unsupported);
    expect(relaxed.energy).toBeLessThan(Number(energy));
    expect(geometryChecker(molecule)(relaxed.coordinates)).toEqual([]);
  });

  it('says so where it has no parameters, or atoms lie on each other, and gives no NaN', () => {
    const boron = parseSmiles('OB(O)c1ccccc1');
    const shape = embedShape(embeddingPlan(boron), Rng.fromSeed(1)) ?? [];
    expect(mmff94sEnergy(boron, shape)).toBeUndefined();
    expect(relaxMmff94s(boron, shape)).toEqual({ unsupported: 'MMFF94s has no parameters for this molecule' });
    const outcome = relaxMmff94s(parseSmiles('CCO'), new Float32Array(27));
    if ('energy' in outcome)
      expect([outcome.energy, ...outcome.coordinates]).toSatisfy((x) => x.every(Number.isFinite));
    else expect(outcome.unsupported).toMatch(/^MMFF94s/);
  });

  it('stops where it is told to', () => {
    const { smiles, coordinates, minimum } = fixture.molecules[6];
    const relaxed = relaxMmff94s(parseSmiles(smiles), coordinates, { maxIterations: 1 });
    expect(relaxed).toMatchObject({ converged: false });
    expect('energy' in relaxed && relaxed.energy).toBeGreaterThan(minimum + 0.1);
  });

  it('keeps several shapes of a molecule apart', () => {
    const { smiles, coordinates, energy } = fixture.molecules[0];
    const molecule = parseSmiles(smiles);
    const first = openForceField(molecule, coordinates);
    const second = openForceField(molecule, coordinates);
    if ('unsupported' in first || 'unsupported' in second) throw new Error('there are parameters');
    first.minimise();
    expect(second.energy()).toBeCloseTo(energy, 4);
    expect(Array.from(second.coordinates())).toEqual(coordinates);
    expect(first.energy()).toBeLessThan(energy);
    expect(Array.from(first.coordinates())).not.toEqual(coordinates);
  });

  it('refuses coordinates that are too few or no numbers, and settings that make no sense', () => {
    const molecule = parseSmiles('CCO');
    expect(() => mmff94sEnergy(molecule, [1, 2, 3])).toThrow('a molecule of 9 atoms has 27 coordinates, not 3');
    const broken = new Float32Array(27).fill(1).with(13, Number.NaN);
    expect(() => mmff94sEnergy(molecule, broken)).toThrow('a coordinate of atom 5 is NaN');
    const { coordinates } = fixture.molecules[0];
    expect(() => relaxMmff94s(molecule, coordinates, { maxIterations: 0 })).toThrow('maxIterations');
    expect(() => relaxMmff94s(molecule, coordinates, { tolerance: 0 })).toThrow('tolerance');
  });
});

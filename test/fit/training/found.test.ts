import { describe, expect, it } from 'vitest';
import { geometryCount } from '../../../src/fit/data/geometry-set.js';
import { splitGeometries } from '../../../src/fit/data/split-geometries.js';
import { fitConfigSchema } from '../../../src/fit/training/config.js';
import { findInData } from '../../../src/fit/training/found.js';
import { SHIFTS, toyGeometries } from '../support/toy-geometries.js';

const findIn = (data: object, set = toyGeometries(40)) => {
  const config = fitConfigSchema.parse({ model: { hidden: 8, layers: 1, axes: 4 }, data });
  return findInData(config, set, splitGeometries(set, config.data.split));
};

const learning = { targets: { energy: {}, forces: {} } };

describe('what is found in data', () => {
  it('takes shifts and scale from the training geometries', () => {
    const { config } = findIn(learning);
    const [energy, forces] = config.found?.targets ?? [];
    expect(config.found?.species).toEqual(['O', 'H']);
    // Springs add to energies about what they add on average: shifts are near those of the species.
    expect(energy.shifts?.[0]).toBeCloseTo(SHIFTS.O, -1.5);
    expect(energy.shifts?.[1]).toBeCloseTo(SHIFTS.H, -1.5);
    expect(energy.scale).toBe(forces.scale);
    expect(forces.shifts).toBeUndefined();
  });

  it('takes shifts that are given', () => {
    const shifts = { energy: { O: -1, H: -2 } };
    expect(findIn({ ...learning, shifts }).config.found?.targets[0].shifts).toEqual([-1, -2]);
    expect(() => findIn({ ...learning, shifts: { energy: { O: -1 } } })).toThrow(/no shift is given for the species H/);
  });

  it('gives scales that make the numbers of the network about 1', () => {
    const { config, sets } = findIn({ targets: { energy: {}, forces: {}, charges: {}, dipole: {} } });
    for (const { name, scale, of } of config.found?.targets ?? []) {
      const { data } = sets.train.targets[name];
      const rms = Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length) / scale;
      expect(rms, name).toBeGreaterThan(0.2);
      expect(rms, name).toBeLessThan(of === 'graph' ? 4 : 1.01);
    }
  });

  it('weighs squared errors by the spread of targets, and energies with forces little', () => {
    const { config, sets } = findIn({ targets: { energy: {}, forces: {}, dipole: {} }, weights: { dipole: 2 } });
    const { weights, targets } = config.found ?? { weights: {} as Record<string, number>, targets: [] };
    const scale = targets[0].scale;
    expect(weights.forces).toBeCloseTo(1 / scale ** 2, 8);
    expect(weights.energy / weights.forces).toBeCloseTo(0.05, 8);
    const { data } = sets.train.targets.dipole;
    const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
    const variance = data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / data.length;
    expect(weights.dipole * variance).toBeCloseTo(2, 4);
  });

  it('splits as the configuration says, and tells how many there are', () => {
    const { sets, notes, config } = findIn({ ...learning, split: { train: 10, valid: 8, test: 4 } });
    expect([sets.train, sets.valid, sets.test].map((set) => set?.sizes.length)).toEqual([10, 8, 4]);
    expect(config.found?.split.sizes).toEqual({ train: 10, valid: 8, test: 4 });
    expect(notes).toEqual([
      '10 train, 8 valid, 4 test geometries; learns energy (eV), forces (eV/Å)',
      'no unit of energy in the files; taken as eV',
    ]);
    expect(findIn({ ...learning, split: { test: 0 } }).sets.test).toBeUndefined();
  });

  it('says which units neither the files nor the configuration have', () => {
    const assumed = (targets: object, units = {}) =>
      findIn({ targets }, { ...toyGeometries(40), units }).notes.filter((note) => note.includes('unit'));
    expect(assumed({ energy: {}, dipole: {} })).toEqual(['no unit of energy, dipole in the files; taken as eV, e·Å']);
    expect(assumed({ energy: {}, forces: {} }, { energy: 'kcal/mol' })).toEqual([]);
    expect(assumed({ energy: { unit: 'hartree' }, forces: {} })).toEqual([]);
  });

  it('counts what is missing and leaves it out', () => {
    const set = toyGeometries(20);
    set.ofGraphs.energy.data[3] = Number.NaN;
    const { sets, notes } = findIn({ ...learning, split: { valid: 2, test: 2 } }, set);
    expect(notes.slice(1).join()).toMatch(/: energy is missing in 1 of \d+ geometries/);
    const absent = Object.values(sets)
      .flatMap(({ targets }) => Array.from(targets.energy.present))
      .filter((x) => x === 0);
    expect(absent).toHaveLength(1);
  });

  it('refuses atoms that see nobody, with the place and the nearest neighbour', () => {
    const config = fitConfigSchema.parse({ model: { cutoff: 0.3 }, data: learning });
    const set = toyGeometries(20);
    expect(geometryCount(set)).toBe(20);
    expect(() => findInData(config, set, splitGeometries(set, config.data.split))).toThrow(
      /^toy.xyz:\d+: atom \d has no neighbour within the cutoff of 0.3; the nearest is at [\d.]+/,
    );
  });
});

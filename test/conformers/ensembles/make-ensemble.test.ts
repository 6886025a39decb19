import { describe, expect, it } from 'vitest';
import { ensembleLine, failureLine } from '../../../src/conformers/ensembles/ensemble-line.js';
import { makeEnsemble } from '../../../src/conformers/ensembles/make-ensemble.js';
import { makeEnsembles } from '../../../src/conformers/ensembles/make-ensembles.node.js';
import { uniqueMinima } from '../../../src/conformers/ensembles/unique-minima.js';
import { ensembleRecord } from '../../../src/conformers/records/ensemble-record.js';
import { fitRecord } from '../../../src/conformers/records/fit-record.js';
import { checkStereo } from '../../../src/molecules/checks/stereo-checks.js';
import { mmff94sEnergy } from '../../../src/molecules/force-field/force-field.js';
import { parseJsonRecord } from '../../../src/molecules/formats/json-record.js';
import { loadResources } from '../../../src/molecules/open-chem-lib.node.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { torsionAngle } from '../../../src/molecules/torsions/torsion-moves.js';
import { Rng } from '../../../src/random/generator.js';

loadResources();

function ensembleOf(smiles: string, options = {}, seed = 1) {
  const made = makeEnsemble(parseSmiles(smiles), Rng.fromSeed(seed), options);
  if ('reason' in made) throw new Error(made.reason);
  return made;
}

describe('an ensemble of minima', () => {
  it('of butane has the anti and both gauche shapes, anti the lowest', () => {
    const { molecule, conformers, energies = [], weights = [], level } = ensembleOf('CCCC', { starts: 20 });
    const torsions = conformers.map((shape) => (torsionAngle(Float64Array.from(shape), [0, 1, 2, 3]) * 180) / Math.PI);
    expect(torsions.map((angle) => Math.round(Math.abs(angle) / 10) * 10)).toEqual([180, 70, 70]);
    expect(torsions[1] * torsions[2]).toBeLessThan(0);
    expect(level).toBe('mmff94s');
    const [anti, gauche] = conformers.map((shape) => mmff94sEnergy(molecule, shape) ?? Number.NaN);
    expect(energies[0]).toBe(0);
    expect(energies[1]).toBeCloseTo(gauche - anti, 3);
    expect(energies[1]).toBeCloseTo(0.78, 1); // kcal/mol, Halgren 1996
    expect(weights[0] + weights[1] + weights[2]).toBeCloseTo(1, 5);
    expect(weights[0] / weights[1]).toBeCloseTo(Math.exp((energies[1] - energies[0]) / (0.0019872043 * 298.15)), 3);
  });

  it('has one isomer, drawn where the molecule leaves it open', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 8; seed++) {
      const { molecule, conformers } = ensembleOf('CC(O)CF', { starts: 3 }, seed);
      seen.add(molecule.smiles);
      for (const shape of conformers) expect(checkStereo(molecule, shape)).toEqual([]);
    }
    expect(seen.size).toBe(2);
    expect(ensembleOf('C[C@H](O)CF', { starts: 3 }).molecule.smiles).toBe(parseSmiles('C[C@H](O)CF').smiles);
  });

  it('keeps to the window and the most that it may have', () => {
    const all = ensembleOf('CCCCO', { starts: 30 });
    expect(ensembleOf('CCCCO', { starts: 30, window: 0.5 }).energies).toSatisfy((energies: Float32Array) =>
      energies.every((energy) => energy <= 0.5),
    );
    const few = ensembleOf('CCCCO', { starts: 30, most: 2 });
    expect(few.conformers).toEqual(all.conformers.slice(0, 2));
  });

  it('takes conformers by rules besides', () => {
    const found = makeEnsemble(parseSmiles('CCO'), Rng.fromSeed(1), { starts: 1, rules: 3 });
    expect('conformers' in found && found.conformers.length).toBeGreaterThan(1);
  });

  it('is none where there are no parameters, and says so', () => {
    const made = makeEnsemble(parseSmiles('CB(O)O'), Rng.fromSeed(1), { starts: 2 });
    expect(made).toEqual({ reason: 'MMFF94s has no parameters for this molecule' });
  });
});

describe('unique minima', () => {
  const molecule = parseSmiles('CCO');
  const shape = ensembleOf('CCO', { starts: 5 }).conformers[0];
  const keep = (energies: readonly number[], coordinates = shape) =>
    uniqueMinima(
      molecule,
      energies.map((energy, k) => ({ energy, coordinates: k === 0 ? shape : coordinates })),
      { window: 6, rmsd: 0.125, most: 50 },
    ).map(({ energy }) => energy);

  it('are told by energy and shape', () => {
    expect(keep([1, 1.05])).toEqual([1]);
    expect(keep([2, 1.5, 1.5])).toEqual([1.5, 2]);
    expect(keep([0, 7])).toEqual([0]);
  });

  it('count hydrogens on oxygen, and not those on carbon', () => {
    const moved = (atom: number) => shape.map((value, k) => (Math.floor(k / 3) === atom ? value + 0.6 : value));
    expect(keep([1, 1.05], moved(8))).toEqual([1, 1.05]);
    expect(keep([1, 1.05], moved(3))).toEqual([1]);
  });
});

describe('ensembles of several molecules', () => {
  const molecules = ['CCO', 'CB(O)O', 'CC(N)C(=O)O'].map((smiles) =>
    parseSmiles(smiles, { name: `m${smiles.length}` }),
  );
  const collect = async (options: object) => {
    const found = [];
    for await (const item of makeEnsembles(molecules, { starts: 4, ...options })) found.push(item);
    return found;
  };

  it('come in order and are the same for any number of threads', async () => {
    const found = await collect({ workers: 2 });
    expect(found.map(({ molecule }) => molecule.smiles)).toEqual(molecules.map(({ smiles }) => smiles));
    expect(found[1].made).toHaveProperty('reason');
    expect(await collect({ workers: 1 })).toEqual(found);
    expect(await collect({ workers: 1, seed: 8 })).not.toEqual(found);
  });

  it('stop at a signal', async () => {
    await expect(collect({ workers: 1, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });

  it('refuse a seed that is none', async () => {
    await expect(collect({ seed: 0.5 })).rejects.toThrow('the seed');
  });
});

describe('a line of an ensemble file', () => {
  const origin = { source: 'CC(O)CF', program: 'clofnet 1.2.3', settings: 'seed 1' };

  it('reads back as what was written', () => {
    const ensemble = ensembleOf('CC(O)Cc1ccccc1', { starts: 4 });
    const line = ensembleLine(ensemble, origin);
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toMatchObject({ source: 'CC(O)CF', made_by: 'clofnet 1.2.3', method: 'mmff94s' });
    expect(JSON.parse(line).bonds.map(([, , order]: number[]) => order)).toContain(1.5);
    const { ensembles, faults } = fitRecord(ensembleRecord(parseJsonRecord(line)));
    expect(faults).toEqual({});
    expect(ensembles).toHaveLength(1);
    expect(ensembles[0].molecule).toEqual(ensemble.molecule);
    ensembles[0].conformers.forEach((shape, k) => {
      const errors = shape.map((value, i) => Math.abs(value - ensemble.conformers[k][i]));
      expect(Math.max(...errors)).toBeLessThan(6e-5);
    });
    ensembles[0].energies?.forEach((energy, k) => {
      expect(energy).toBeCloseTo(ensemble.energies?.[k] ?? Number.NaN, 3);
    });
  });

  it('says why there are no conformers', () => {
    const line = failureLine(parseSmiles('CCO', { name: 'spirit' }), 'no luck', origin);
    expect(JSON.parse(line)).toMatchObject({ smiles: 'CCO', name: 'spirit', error: 'no luck' });
    expect(() => parseJsonRecord(line)).toThrow('there are no conformers: no luck');
  });
});

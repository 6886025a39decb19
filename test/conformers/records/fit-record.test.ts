import { createReadStream } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import { boltzmannWeights } from '../../../src/conformers/dataset/boltzmann.js';
import { openStereo } from '../../../src/conformers/making/open-stereo.js';
import { type EnsembleRecord, ensembleRecord } from '../../../src/conformers/records/ensemble-record.js';
import { fitRecord } from '../../../src/conformers/records/fit-record.js';
import { read as geomRecords } from '../../../src/molecules/formats/geom-records.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { stereoChanges } from '../../../src/molecules/stereo/stereo-in-space.js';
import { BestRmsd } from '../../../src/molecules/symmetry/best-rmsd.js';
import { inOrder } from '../../../src/molecules/symmetry/match-graph.js';
import { ensembleFixture, fixtureRecord, fixtureRecords } from '../../support/ensemble-fixtures.js';

const mirrored = (positions: Float32Array): Float32Array => positions.map((x, k) => (k % 3 === 0 ? -x : x));

const CHIRAL = 'CC[C@@](C#N)(C=O)OC';
const IMINE = 'C/N=C/Oc1cnoc1';
const TRANS = 'C[C@@H]1C(NCC#N)[C@H]1C';
const chiral = fixtureRecord('qm9_gfn2.jsonl', CHIRAL);

/** The same record with its atoms shuffled, and without or with bonds. */
function reversed(record: EnsembleRecord): EnsembleRecord {
  const order = Int32Array.from(record.atomicNumbers.keys()).reverse();
  const { bonds: _, ...rest } = record;
  return {
    ...rest,
    atomicNumbers: record.atomicNumbers.toReversed(),
    conformers: record.conformers.map((conformer) => inOrder(conformer, order)),
  };
}

describe('fitRecord', () => {
  it.each(
    [...fixtureRecords('qm9_gfn2.jsonl'), ...fixtureRecords('fragments_dft.jsonl')].map((r) => [r.smiles, r] as const),
  )('keeps all conformers of %s, in the order of its SMILES', (smiles, record) => {
    const { ensembles, faults } = fitRecord(record);
    expect(faults).toEqual({});
    expect(ensembles).toHaveLength(1);
    const [{ molecule, conformers, level }] = ensembles;
    expect({ molecule, level }).toEqual({ molecule: parseSmiles(smiles), level: record.level });
    expect(conformers).toHaveLength(record.conformers.length);
    for (const conformer of conformers) expect(stereoChanges(molecule, conformer)).toEqual([]);
  });

  it('gives the same shapes from places alone', () => {
    for (const record of fixtureRecords('qm9_gfn2.jsonl')) {
      const [known] = fitRecord(record).ensembles;
      const [found] = fitRecord(reversed(record)).ensembles;
      expect(found.molecule).toEqual(known.molecule);
      const rmsd = new BestRmsd(known.molecule);
      for (const [i, conformer] of found.conformers.entries()) {
        expect(rmsd.between(rmsd.shape(conformer), rmsd.shape(known.conformers[i]))).toBeLessThan(1e-3);
      }
    }
  });

  it("gives the same shapes from GEOM's form", async () => {
    let seen = 0;
    for await (const result of geomRecords(createReadStream(ensembleFixture('geom_form.msgpack')), 'g')) {
      if ('error' in result) throw new Error(result.error);
      const [found] = fitRecord(ensembleRecord(result.record)).ensembles;
      const [known] = fitRecord(fixtureRecord('qm9_gfn2.jsonl', result.record.smiles)).ensembles;
      expect(found.molecule).toEqual(known.molecule);
      const rmsd = new BestRmsd(known.molecule);
      for (const [i, conformer] of found.conformers.entries()) {
        expect(rmsd.between(rmsd.shape(conformer), rmsd.shape(known.conformers[i]))).toBeLessThan(1e-3);
      }
      expect(found.energies).toEqual(known.energies?.subarray(0, 2));
      seen += 1;
    }
    expect(seen).toBe(5);
  });

  it('leaves out conformers of another isomer, and counts them', () => {
    const [first, ...others] = chiral.conformers;
    const { ensembles, faults } = fitRecord({ ...chiral, conformers: [mirrored(first), ...others] });
    expect(faults).toEqual({ 'wrong stereo': 1 });
    expect(ensembles[0].conformers).toEqual(others);
    // Energies and weights are those of the conformers that are left.
    const left = (chiral.energies ?? []).slice(1);
    expect(ensembles[0].energies).toEqual(Float32Array.from(left, (energy) => energy - Math.min(...left)));
    expect(ensembles[0].weights?.reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 6);
  });

  it('leaves out double bonds on the wrong side', () => {
    const record = fixtureRecord('qm9_gfn2.jsonl', IMINE);
    const { ensembles, faults } = fitRecord({ ...record, smiles: 'C/N=C\\Oc1cnoc1' });
    expect(ensembles).toEqual([]);
    expect(faults).toEqual({ 'wrong stereo': record.conformers.length });
  });

  it('leaves out broken bonds, new ones, and atoms that bond otherwise', () => {
    const [first] = chiral.conformers;
    const moved = (atom: number, to: readonly number[]) => {
      const positions = first.slice();
      positions.set(to, 3 * atom);
      return positions;
    };
    const far = moved(17, [20, 0, 0]);
    // Two hydrogens of different carbons, brought together by halves so that their own bonds hold.
    const middle = [0, 1, 2].map((axis) => (first[3 * 8 + axis] + first[3 * 11 + axis]) / 2);
    const close = moved(8, middle);
    close.set([middle[0], middle[1], middle[2] + 0.2], 3 * 11);
    expect(fitRecord({ ...chiral, conformers: [far, first] }).faults).toEqual({ 'bond broken': 1 });
    expect(fitRecord({ ...chiral, conformers: [first, close] }).faults).toEqual({ 'atoms too close': 1 });
    expect(fitRecord({ ...chiral, bonds: undefined, conformers: [far] }).faults).toEqual({ 'bonds differ': 1 });
  });

  it('takes stereo that the SMILES leaves open from the conformers: one ensemble an isomer', () => {
    const [first, second] = chiral.conformers;
    const open = { ...chiral, smiles: 'CCC(C#N)(C=O)OC', conformers: [first, mirrored(first), second] };
    const { ensembles, faults } = fitRecord({ ...open, energies: [3, 1, 2], weights: [1, 2, 2] });
    expect(faults).toEqual({});
    const isomers = ensembles.map(({ molecule, conformers }) => [molecule.smiles, conformers.length]);
    expect(isomers).toEqual([
      [parseSmiles(CHIRAL).smiles, 2],
      [parseSmiles('CC[C@](C#N)(C=O)OC').smiles, 1],
    ]);
    expect(ensembles.map(({ energies }) => energies)).toEqual([Float32Array.of(1, 0), Float32Array.of(0)]);
    expect(ensembles[0].weights).toEqual(Float32Array.of(1 / 3, 2 / 3));
  });

  it('makes one ensemble of what turns out to be one isomer', () => {
    // With the two methyls trans, the carbon between them is no centre, though its neighbours lie in two ways.
    const record = fixtureRecord('qm9_gfn2.jsonl', TRANS);
    const open = { ...record, smiles: 'CC1C(NCC#N)C1C' };
    const molecule = parseSmiles(open.smiles);
    expect(new Set(record.conformers.map((conformer) => openStereo(molecule, conformer).key)).size).toBe(2);
    const { ensembles } = fitRecord(open);
    expect(ensembles.map((ensemble) => [ensemble.molecule.smiles, ensemble.conformers.length])).toEqual([
      [parseSmiles(TRANS).smiles, 3],
    ]);
  });

  it('computes weights from energies where the file has none', () => {
    const { weights: _, ...rest } = chiral;
    const [{ energies = new Float32Array(), weights }] = fitRecord(rest).ensembles;
    expect(weights).toEqual(boltzmannWeights(energies));
    expect(weights?.[0]).toBeGreaterThan(weights?.[1] ?? 1);
    const { energies: _none, ...bare } = rest;
    expect(fitRecord(bare).ensembles[0]).not.toHaveProperty('weights');
  });

  it.each([
    ['a SMILES that is none', { smiles: 'C1CC' }, 'C1CC'],
    ['two molecules', { smiles: 'CCO.O' }, '2 molecules side by side'],
    ['another formula', { smiles: 'CCO' }, 'the conformers have other atoms than the SMILES'],
  ])('refuses %s', (_, change, message) => {
    expect(() => fitRecord({ ...chiral, ...change })).toThrow(UserError);
    expect(() => fitRecord({ ...chiral, ...change })).toThrow(message);
  });
});

it('boltzmannWeights follows exp(−E/kT) at 298.15 K', () => {
  // kT = .592484 kcal/mol; so 1 kcal/mol is exp(−1.687809) = .184924.
  const [low, high] = boltzmannWeights([-70, -69]);
  expect(high / low).toBeCloseTo(0.184924, 4);
  expect(low + high).toBeCloseTo(1, 6);
});

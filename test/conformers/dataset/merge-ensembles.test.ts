import { describe, expect, it } from 'vitest';
import type { Ensemble } from '../../../src/conformers/dataset/ensemble.js';
import { lowestConformers, mergeEnsembles } from '../../../src/conformers/dataset/merge-ensembles.js';
import { fitRecord } from '../../../src/conformers/records/fit-record.js';
import { bondChange } from '../../../src/molecules/perception/bonds-in-space.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { inOrder } from '../../../src/molecules/symmetry/match-graph.js';
import { fixtureRecord } from '../../support/ensemble-fixtures.js';

const SMILES = 'CC[C@@](C#N)(C=O)OC';
const record = fixtureRecord('qm9_gfn2.jsonl', SMILES);
const [whole] = fitRecord(record).ensembles;
const part = (...indices: number[]): Ensemble => {
  const conformers = indices.map((i) => record.conformers[i]);
  const energies = indices.map((i) => record.energies?.[i] ?? 0);
  return fitRecord({ ...record, conformers, energies, weights: undefined }).ensembles[0];
};

describe('mergeEnsembles', () => {
  it('joins conformers, each once', () => {
    const merged = mergeEnsembles(part(0, 1), part(1, 2));
    expect(merged?.conformers).toEqual(whole.conformers);
    expect(mergeEnsembles(whole, whole)).toEqual({ ...whole, weights: merged?.weights && expect.anything() });
    expect(merged?.weights?.reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 6);
  });

  it('knows a conformer again that is turned, shifted, and has its atoms in another order', () => {
    const smiles = 'COC(C=O)(C#N)CC'.replace('C(C=O)', '[C@@](C=O)');
    const other = [smiles, smiles.replace('@@', '@')].map((text) => parseSmiles(text));
    const molecule = other.find((one) => one.smiles === whole.molecule.smiles);
    if (!molecule) throw new Error('the two SMILES are different molecules');
    const turned = record.conformers.map((xyz) => xyz.map((_, k) => [-xyz[k + 1], xyz[k - 1], xyz[k]][k % 3] + 1));
    const [moved] = fitRecord({ ...record, conformers: turned }, molecule).ensembles;
    expect(moved.molecule.atomicNumbers).not.toEqual(whole.molecule.atomicNumbers);
    const merged = mergeEnsembles(whole, moved);
    expect(merged?.conformers).toEqual(whole.conformers);
    // And one that is new is put into the order of the first.
    const added = mergeEnsembles(part(0), moved)?.conformers ?? [];
    expect(added).toHaveLength(3);
    for (const conformer of added) expect(bondChange(whole.molecule, conformer)).toBeUndefined();
  });

  it('tells mirror images and turned hydrogens apart', () => {
    const butane = fixtureRecord('fragments_dft.jsonl', 'CCCC');
    const [{ molecule, conformers, level }] = fitRecord(butane).ensembles;
    const gauche = conformers[1];
    const mirrored = gauche.map((x, k) => (k % 3 === 0 ? -x : x));
    const one = { molecule, conformers: [gauche], level };
    expect(mergeEnsembles(one, { ...one, conformers: [mirrored] })?.conformers).toHaveLength(2);
    const turned = gauche.slice();
    turned.set([gauche[12] + 0.3, gauche[13], gauche[14]], 12);
    expect(mergeEnsembles(one, { ...one, conformers: [turned] })?.conformers).toHaveLength(2);
  });

  it('drops energies that one of the two has not', () => {
    const { energies: _, weights: _none, ...bare } = part(2);
    expect(mergeEnsembles(part(0), bare)).toEqual({
      molecule: whole.molecule,
      conformers: [whole.conformers[0], whole.conformers[2]],
      level: 'gfn2',
    });
  });

  it('gives nothing for different molecules', () => {
    const other = fitRecord(fixtureRecord('qm9_gfn2.jsonl', 'C/N=C/Oc1cnoc1')).ensembles[0];
    expect(mergeEnsembles(whole, other)).toBeUndefined();
  });
});

describe('lowestConformers', () => {
  it('keeps those of lowest energy, or else of largest weight, or else the first', () => {
    const { molecule, conformers, level } = whole;
    const bare = { molecule, conformers, level };
    const energies = Float32Array.of(3, 1, 2);
    const weights = Float32Array.of(0.2, 0.3, 0.5);
    expect(lowestConformers({ ...bare, energies, weights }, 2)).toEqual({
      ...bare,
      conformers: [conformers[1], conformers[2]],
      energies: Float32Array.of(0, 1),
      weights: Float32Array.of(0.375, 0.625),
    });
    expect(lowestConformers({ ...bare, weights }, 1).conformers).toEqual([conformers[2]]);
    expect(lowestConformers(bare, 2).conformers).toEqual(conformers.slice(0, 2));
    expect(lowestConformers(whole, 3)).toBe(whole);
  });
});

it('inOrder takes each atom from where it is', () => {
  expect(inOrder([1, 2, 3, 4, 5, 6], Int32Array.of(1, 0))).toEqual(Float32Array.of(4, 5, 6, 1, 2, 3));
});

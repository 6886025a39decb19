import { describe, expect, it } from 'vitest';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { enumerateIsomers, openCentres, randomIsomer } from '../../../src/molecules/stereo/isomers.js';
import { Rng } from '../../../src/random/generator.js';

/** What is left open, and how many isomers that makes; counted by hand or well known. */
const CASES: readonly (readonly [smiles: string, open: string, isomers: number])[] = [
  ['CC(C)C(C)(C)O', '', 1],
  ['CC(O)F', 'C2', 2],
  ['C[C@H](O)F', '', 1],
  ['OC(C(O)C(=O)O)C(=O)O', 'C2 C3', 3],
  ['CC(O)C(O)C(O)C', 'C2 C4 C6', 4],
  ['C[C@H](O)C(O)[C@@H](C)O', 'C4', 2],
  ['C[C@H](O)C(O)[C@H](C)O', '', 1],
  ['C(C(F)Cl)(C(F)Cl)C(F)Cl', 'C1 C2 C5 C8', 4],
  ['CC1CCC(C)CC1', 'C2 C5', 2],
  ['CC1CCC(C)C1', 'C2 C5', 3],
  ['CC1CCCCC1', '', 1],
  ['OC1C(O)C(O)C(O)C(O)C1O', 'C2 C3 C5 C7 C9 C11', 9],
  ['C1CCC2(CCCCO2)OC1', 'C4', 2],
  ['CC=CC', 'C2=C3', 2],
  ['CC=C(C)C', '', 1],
  ['CC=CC=CC', 'C2=C3 C4=C5', 3],
  ['CC=C=CC', '', 1],
  ['CC=N', 'C2=N3', 2],
  ['NC(=N)N', '', 1],
  ['CC=NO', 'C2=N3', 2],
  ['C1CCC=CCC1', '', 1],
  ['C1CCCC=CCC1', 'C5=C6', 2],
  ['CS(=O)CC', 'S2', 2],
  ['CS(=O)(=O)CC', '', 1],
  ['CP(CC)CCC', 'P2', 2],
  ['CN(CC)CCC', '', 1],
  ['C[N+](CC)(CCC)CCCC', 'N2', 2],
  ['CC1CN1C', 'C2', 2],
];

/** Frames whose bridgeheads go together. */
const BRIDGED: typeof CASES = [
  ['CC1CC2CCC1C2', 'C2 C4 C7', 4],
  ['CC1(C)C2CCC1(C)C(=O)C2', 'C4 C7', 2],
  ['C1CC2CCC1CC2C', 'C3 C6 C8', 2],
  ['C1CC2CC12', 'C3 C5', 1],
  ['C1CC2CCC2C1', 'C3 C6', 3],
  ['C1CCC2CCCCC2C1', 'C4 C9', 2],
  ['CC12C3C4C1C5C2C3C45', 'C2 C3 C4 C5 C6 C7 C8 C9', 1],
  ['C1C2CC3CC1CC(C2)C3F', 'C2 C4 C6 C8 C10', 1],
];

describe.each([
  ['molecules', CASES],
  ['bridged frames', BRIDGED],
])('isomers of %s', (_, cases) => {
  it.each(cases)('%s leaves open: %s; that makes %i', (smiles, open, count) => {
    const molecule = parseSmiles(smiles);
    expect(openCentres(molecule).join(' ')).toBe(open);
    const { isomers, isComplete } = enumerateIsomers(molecule, 100);
    expect(isComplete).toBe(true);
    expect(new Set(isomers.map((isomer) => isomer.smiles)).size).toBe(count);
    for (const isomer of isomers) {
      expect(openCentres(isomer)).toEqual([]);
      expect(parseSmiles(isomer.smiles).smiles).toBe(isomer.smiles);
    }
  });

  it.each(cases.filter(([, open]) => open !== ''))('%s: all are drawn at random, and no others', (smiles, _, count) => {
    const molecule = parseSmiles(smiles);
    const rng = Rng.fromSeed(7);
    const drawn = new Set(Array.from({ length: 30 }, () => randomIsomer(molecule, rng).smiles));
    const all = enumerateIsomers(molecule, 100).isomers.map((isomer) => isomer.smiles);
    expect(all).toEqual(expect.arrayContaining([...drawn]));
    // Of inositol two of the nine are one draw in 32 each.
    if (count <= 4) expect(drawn.size).toBe(count);
  });
});

describe('enumerateIsomers', () => {
  it('keeps what is known', () => {
    const { isomers } = enumerateIsomers(parseSmiles('C[C@H](F)C(F)Cl'), 10);
    expect(isomers.map(({ smiles }) => smiles).sort()).toEqual(['C[C@H](F)[C@@H](F)Cl', 'C[C@H](F)[C@H](F)Cl']);
  });

  it('lets a known bridgehead decide the other', () => {
    const molecule = parseSmiles('CC1(C)[C@@H]2CCC1(C)C(=O)C2');
    expect(openCentres(molecule)).toEqual(['C7']);
    expect(enumerateIsomers(molecule, 10).isomers).toHaveLength(1);
  });

  it('stops at the limit and says so', () => {
    const { isomers, isComplete } = enumerateIsomers(parseSmiles('C(F)(Cl)'.repeat(12)), 5);
    expect(isomers).toHaveLength(5);
    expect(isComplete).toBe(false);
  });
});

it('randomIsomer gives the same for the same seed, and leaves a molecule with nothing open as it is', () => {
  const molecule = parseSmiles('FC(Cl)C(F)C(Cl)C=CC');
  const draw = (seed: number): string => randomIsomer(molecule, Rng.fromSeed(seed)).smiles;
  expect(draw(3)).toBe(draw(3));
  expect(new Set([1, 2, 3, 4, 5, 6].map(draw)).size).toBeGreaterThan(1);
  const settled = parseSmiles('CC');
  expect(randomIsomer(settled, Rng.fromSeed(1))).toBe(settled);
});

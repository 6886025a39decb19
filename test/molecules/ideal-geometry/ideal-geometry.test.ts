import { describe, expect, it } from 'vitest';
import { ringSize, sideOf, topologyOf } from '../../../src/molecules/bond-graph/topology.js';
import { acrossAngle, acrossTorsion, idealGeometry } from '../../../src/molecules/ideal-geometry/ideal-geometry.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';

const topology = (smiles: string) => topologyOf(parseSmiles(smiles));

describe('the topology of a molecule', () => {
  it('counts bonds between atoms', () => {
    const { atoms, separations, neighbours } = topology('CCO');
    expect(neighbours[0]).toEqual([1, 3, 4, 5]);
    expect([separations[0 * atoms + 2], separations[3 * atoms + 8], separations[4 * atoms + 4]]).toEqual([2, 4, 0]);
  });

  it.each([
    ['C1CC1', [0, 1], 3],
    ['C1CC1', [0, 1, 2], 3],
    ['c1ccccc1', [0, 1, 2, 3], 6],
    ['C1CC2CC1CC2', [0, 1], 5],
    ['C1CCCCCCCC1', [0, 1], 0],
    ['C1CCCCCCC1', [0, 1], 8],
    ['CCC', [0, 1, 2], 0],
    ['C1CC1C', [0, 2, 3], 0],
  ])('finds the smallest ring in %s that holds %j: %i', (smiles, path, size) => {
    expect(ringSize(topology(smiles), path)).toBe(size);
  });

  it('tells what hangs on one end of a bond', () => {
    expect(sideOf(topology('CCO'), 1, 2)).toEqual([2, 8]);
    expect(sideOf(topology('CCO'), 2, 1)).toEqual([0, 1, 3, 4, 5, 6, 7]);
  });
});

describe('usual geometry', () => {
  it.each([
    ['CC', 0, 'tetrahedral'],
    ['C=C', 0, 'planar'],
    ['C#N', 0, 'linear'],
    ['C=C=C', 1, 'linear'],
    ['CC(=O)N', 3, 'planar'],
    ['CC(=O)OC', 3, 'planar'],
    ['CN', 1, 'tetrahedral'],
    ['Nc1ccccc1', 0, 'planar'],
    ['CS(C)=O', 1, 'tetrahedral'],
    ['CS(=O)(=O)C', 1, 'tetrahedral'],
    ['C[N+](=O)[O-]', 1, 'planar'],
    ['C[N+](C)(C)C', 1, 'tetrahedral'],
    ['OB(O)O', 1, 'planar'],
    ['FS(F)(F)(F)(F)F', 1, 'open'],
  ] as const)('of %s: atom %i is %s', (smiles, atom, shape) => {
    expect(idealGeometry(parseSmiles(smiles)).shapes[atom]).toBe(shape);
  });

  // Lengths in ångström and angles in degrees, from experiments (CRC Handbook).
  it.each([
    ['CC', [0, 1], 1.535],
    ['C=C', [0, 1], 1.339],
    ['C#C', [0, 1], 1.203],
    ['c1ccccc1', [0, 1], 1.399],
    ['CO', [0, 1], 1.425],
    ['C=O', [0, 1], 1.208],
    ['CC(=O)N', [1, 3], 1.376],
    ['CCl', [0, 1], 1.785],
    ['CI', [0, 1], 2.132],
    ['C[N+](=O)[O-]', [1, 3], 1.224],
    ['CS(C)=O', [1, 3], 1.485],
    ['[H][H]', [0, 1], 0.741],
    ['Cl', [0, 1], 1.275],
    ['I', [0, 1], 1.609],
    ['N#N', [0, 1], 1.098],
    ['O=O', [0, 1], 1.208],
    ['[C-]#[O+]', [0, 1], 1.128],
    ['O=C=O', [0, 1], 1.16],
    ['CN=C=O', [2, 3], 1.168],
  ])('of %s: the bond %j', (smiles, [i, j], length) => {
    expect(Math.abs(idealGeometry(parseSmiles(smiles)).length(i, j) - length)).toBeLessThan(0.07);
  });

  it.each([
    ['CCC', [0, 1, 2], 112],
    ['O', [1, 0, 2], 104.5],
    ['COC', [0, 1, 2], 111.7],
    ['CSC', [0, 1, 2], 98.9],
    ['N', [1, 0, 2], 106.7],
    ['C1CC1', [0, 1, 2], 60],
    ['C1CCC1', [0, 1, 2], 88],
    ['C=C', [2, 0, 1], 121.3],
    ['c1ccccc1', [0, 1, 2], 120],
    ['c1ccoc1', [2, 3, 4], 106.5],
    ['C#N', [1, 0, 2], 180],
    ['CS(C)=O', [0, 1, 2], 96.6],
  ])('of %s: the angle %j', (smiles, [i, j, k], degrees) => {
    const found = idealGeometry(parseSmiles(smiles)).angle(i, j, k);
    expect(Math.abs((found?.degrees ?? 0) - degrees)).toBeLessThan(4.5);
  });

  it('lets angles about atoms of five and more neighbours be as they like', () => {
    expect(idealGeometry(parseSmiles('FP(F)(F)(F)F')).angle(0, 1, 2)).toBeUndefined();
  });
});

describe('distances across bonds', () => {
  it('follow from lengths and angles', () => {
    expect(acrossAngle(3, 4, 90)).toBeCloseTo(5, 12);
    expect(acrossAngle(1, 2, 180)).toBeCloseTo(3, 12);
    expect(acrossTorsion([1, 1, 1], [90, 90], 0)).toBeCloseTo(1, 12);
    expect(acrossTorsion([1, 1, 1], [90, 90], 180)).toBeCloseTo(Math.sqrt(5), 12);
    expect(acrossTorsion([1, 2, 1], [180, 180], 77)).toBeCloseTo(4, 12);
    expect(acrossTorsion([1, 1, 1], [90, 90], 90)).toBeCloseTo(Math.sqrt(3), 12);
  });
});

import { describe, expect, test } from 'vitest';
import { edgeKinds, type MolecularGraph, molecularGraph } from '../../../src/conformers/graphs/molecular-graph.js';
import { EDGE_KINDS } from '../../../src/conformers/networks/denoiser.js';
import { ATOM_FEATURES } from '../../../src/conformers/networks/molecule-tensors.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';

const graphOf = (smiles: string): MolecularGraph => molecularGraph(parseSmiles(smiles));

/** The kind of the edge between two atoms, undefined where there is none. */
function kind({ senders, receivers, edgeTypes }: MolecularGraph, i: number, j: number): string | undefined {
  const edge = senders.findIndex((sender, k) => sender === j && receivers[k] === i);
  return edge < 0 ? undefined : edgeKinds[edgeTypes[edge]];
}

const featureNames = [
  'charge',
  'neighbours',
  'hydrogens',
  'aromatic',
  'double',
  'triple',
  'ring 3',
  'ring 4',
  'ring 5',
  'ring 6',
  'larger ring',
  'centre',
];

const features = ({ atomFeatures }: MolecularGraph, atom: number): Record<string, number> =>
  Object.fromEntries(
    featureNames
      .map((name, k): [string, number] => [name, atomFeatures[ATOM_FEATURES * atom + k]])
      .filter(([, x]) => x),
  );

describe('the graph of a molecule', () => {
  test('joins all pairs up to three bonds apart, and the skeleton at any distance, both ways', () => {
    // Heptanol: C0 … C6, O7; hydrogens from 8 on, the one on oxygen last.
    const graph = graphOf('CCCCCCCO');
    const last = graph.atoms - 1;
    expect(kind(graph, 0, 1)).toBe('single');
    expect(kind(graph, 0, 2)).toBe('angle');
    expect(kind(graph, 0, 3)).toBe('torsion');
    expect([4, 5, 6, 7].map((to) => kind(graph, 0, to))).toEqual(['distance 4', 'distance 5', 'distance 6', 'further']);
    expect(kind(graph, 8, 0)).toBe('single');
    expect(kind(graph, 8, 2)).toBe('torsion');
    expect(kind(graph, 8, 3)).toBeUndefined();
    // A hydrogen on oxygen belongs to the skeleton.
    expect(kind(graph, last, 1)).toBe('further');
    for (const [k, sender] of graph.senders.entries()) {
      expect(kind(graph, sender, graph.receivers[k])).toBe(edgeKinds[graph.edgeTypes[k]]);
    }
    const pairs = new Set(Array.from(graph.senders, (sender, k) => `${sender} ${graph.receivers[k]}`));
    expect(pairs.size).toBe(graph.senders.length);
  });

  test('tells bonds by their order and rings', () => {
    const kinds = (smiles: string, ...pair: [number, number]): string | undefined => kind(graphOf(smiles), ...pair);
    expect(kinds('C=C', 0, 1)).toBe('double');
    expect(kinds('C#N', 0, 1)).toBe('triple');
    expect(kinds('c1ccccc1', 0, 1)).toBe('aromatic');
    expect(kinds('C1CCCCCCC1', 0, 1)).toBe('single in ring');
    expect(kinds('C1=CCCC1', 0, 1)).toBe('double in ring');
    expect(kinds('C1CCCCCCCC1', 0, 1)).toBe('single');
    expect(kinds('C1CC1C', 2, 3)).toBe('single');
  });

  test('tells angles and torsions by the rings they are in', () => {
    expect(kind(graphOf('C1CCC1'), 0, 2)).toBe('angle in ring of 4');
    expect(kind(graphOf('C1CCCC1'), 0, 2)).toBe('angle in ring of 5');
    expect(kind(graphOf('c1ccccc1'), 0, 2)).toBe('angle in ring of 6');
    expect(kind(graphOf('C1CCCCCC1'), 0, 2)).toBe('angle in larger ring');
    expect(kind(graphOf('c1ccccc1C'), 6, 4)).toBe('angle');
    expect(kind(graphOf('C1CCCCC1'), 0, 3)).toBe('torsion in ring');
    expect(kind(graphOf('c1ccccc1C'), 6, 3)).toBe('torsion about double or aromatic bond');
    expect(kind(graphOf('CC(=O)C=C'), 2, 4)).toBe('torsion');
  });

  test('tells which side of a double bond atoms are on, hydrogens too', () => {
    // F0 C1 = C2 Cl3, then the hydrogens of C1 and C2.
    const trans = graphOf('F/C=C/Cl');
    const cis = graphOf('F/C=C\\Cl');
    const sides = (graph: MolecularGraph) => [
      kind(graph, 0, 3),
      kind(graph, 0, 5),
      kind(graph, 4, 3),
      kind(graph, 4, 5),
    ];
    const [t, c] = ['torsion, trans', 'torsion, cis'];
    expect(sides(trans)).toEqual([t, c, c, t]);
    expect(sides(cis)).toEqual([c, t, t, c]);
    expect(sides(graphOf('FC=CCl'))).toEqual(new Array(4).fill('torsion about double or aromatic bond'));
  });

  test('describes atoms', () => {
    const alanine = graphOf('C[C@H]([NH3+])C(=O)[O-]');
    expect(features(alanine, 1)).toEqual({ neighbours: 1, hydrogens: 0.25, centre: 1 });
    expect(features(alanine, 2)).toEqual({ charge: 1, neighbours: 1, hydrogens: 0.75 });
    expect(features(alanine, 4)).toEqual({ neighbours: 0.25, double: 1 });
    expect(features(graphOf('c1ccccc1'), 0)).toMatchObject({ neighbours: 0.75, hydrogens: 0.25, aromatic: 1 });
    expect(features(graphOf('C#N'), 0)).toEqual({ neighbours: 0.5, hydrogens: 0.25, triple: 1 });
    const rings: [string, string][] = [
      ['C1CC1', 'ring 3'],
      ['C1CCC1', 'ring 4'],
      ['C1CCCC1', 'ring 5'],
      ['C1CCCCC1', 'ring 6'],
      ['C1CCCCCC1', 'larger ring'],
    ];
    for (const [smiles, ring] of rings) expect(features(graphOf(smiles), 0)).toHaveProperty([ring], 1);
  });

  test('knows centres whose hand is set, in the way of molecules', () => {
    const molecule = parseSmiles('C[C@H](O)N');
    const [{ atom, around, hand }] = molecule.centres;
    expect([...molecularGraph(molecule).centres]).toEqual([atom, ...around, hand]);
    expect(graphOf('CC(O)N').centres).toHaveLength(0);
    expect(features(graphOf('CC(O)N'), 1)).toMatchObject({ centre: 1 });
  });

  test('of one atom has no edges', () => {
    expect(graphOf('[Na+]')).toMatchObject({ atoms: 1, senders: new Int32Array(0), edgeTypes: new Int32Array(0) });
  });

  test('fits the room that the weights have', () => {
    expect(edgeKinds.length).toBeLessThanOrEqual(EDGE_KINDS);
    expect(featureNames).toHaveLength(ATOM_FEATURES);
  });
});

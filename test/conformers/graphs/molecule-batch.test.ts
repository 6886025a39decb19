import { describe, expect, test } from 'vitest';
import { molecularGraph } from '../../../src/conformers/graphs/molecular-graph.js';
import { batchMolecules } from '../../../src/conformers/graphs/molecule-batch.js';
import { Denoiser } from '../../../src/conformers/networks/denoiser.js';
import { compileDenoiser } from '../../../src/conformers/networks/denoiser-run.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { initialize } from '../../../src/nn/index.js';
import { Rng } from '../../../src/random/generator.js';

const graphs = ['C[C@H](O)N', '[Na+]', 'C[C@@H](F)Cl'].map((smiles) => molecularGraph(parseSmiles(smiles)));
const [first, , last] = graphs;

describe('molecules side by side', () => {
  const { feeds, sizes, atomStart, graphOfNode } = batchMolecules(graphs, [0, 1, 2]);

  test('keep their arrays, with atom numbers raised', () => {
    expect(sizes).toEqual({
      nodes: first.atoms + 1 + last.atoms,
      edges: first.senders.length + last.senders.length,
      graphs: 3,
      centres: 2,
    });
    expect([...atomStart]).toEqual([0, first.atoms, first.atoms + 1, sizes.nodes]);
    const shift = first.atoms + 1;
    expect([...feeds.senders]).toEqual([...first.senders, ...last.senders.map((atom) => atom + shift)]);
    expect([...feeds.receivers]).toEqual([...first.receivers, ...last.receivers.map((atom) => atom + shift)]);
    expect([...feeds.edge_types]).toEqual([...first.edgeTypes, ...last.edgeTypes]);
    expect([...feeds.atomic_numbers]).toEqual(graphs.flatMap(({ atomicNumbers }) => [...atomicNumbers]));
    expect([...feeds.atom_features]).toEqual(graphs.flatMap(({ atomFeatures }) => [...atomFeatures]));
    expect([...graphOfNode]).toEqual(graphs.flatMap(({ atoms }, k) => new Array<number>(atoms).fill(k)));
    expect([...feeds.graph_sizes]).toEqual([first.atoms, 1, last.atoms]);
    expect([...feeds.level]).toEqual([0, 1, 2]);
  });

  test('keep their centres, with atom numbers raised', () => {
    const shift = first.atoms + 1;
    const columns = (k: number, by = shift) => [first.centres[k], last.centres[k] + by];
    expect([...feeds.centre_atom]).toEqual(columns(0));
    for (let k = 0; k < 4; k++) expect([...feeds[`centre_around_${k}`]]).toEqual(columns(k + 1));
    expect([...feeds.centre_hand]).toEqual(columns(5, 0));
  });

  test('feed all inputs of the denoiser but noise and positions', () => {
    const model = new Denoiser({ hidden: 4, layers: 1, vectors: 1 });
    const { inputs } = compileDenoiser(model, initialize(model.parameters, Rng.fromSeed(1)));
    const names = inputs.map(({ name }) => name).filter((name) => name !== 'noisy' && name !== 'sigma');
    expect(Object.keys(feeds).sort()).toEqual(expect.arrayContaining(names.sort()));
  });

  const changed = (
    name: 'senders' | 'receivers' | 'edgeTypes' | 'atomicNumbers' | 'centres',
    at: number,
    value: number,
  ) => [first, { ...last, [name]: last[name].with(at, value) }];

  test.each([
    ['senders[2] is 99, but the atoms are numbered from 0 to 7', changed('senders', 2, 99)],
    ['receivers[0] is -1, but the atoms', changed('receivers', 0, -1)],
    ['edgeTypes[1] is 32, but the kinds of edge are numbered from 0 to 31', changed('edgeTypes', 1, 32)],
    ['centre 0[4] is 8, but the atoms', changed('centres', 4, 8)],
    ['atom 3 is Cs, element 55; the network has room for elements up to 54', changed('atomicNumbers', 2, 55)],
  ])('are refused before the engine sees them: %s', (message, wrong) => {
    expect(() => batchMolecules(wrong, [0, 1])).toThrow(message);
  });

  test('may hold other elements where the network has room for them, and levels that there are', () => {
    expect(() => batchMolecules(changed('atomicNumbers', 2, 55), [0, 1], 'bonded')).not.toThrow();
    expect(() => batchMolecules([first], [4])).toThrow('levels[0] is 4, but the levels of theory');
    expect(() => batchMolecules([first], [-1])).toThrow('levels[0] is -1');
  });
});

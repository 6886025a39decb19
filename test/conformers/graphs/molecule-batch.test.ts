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
});

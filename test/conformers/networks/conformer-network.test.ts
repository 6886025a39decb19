import { describe, expect, test } from 'vitest';
import { bondedGraph } from '../../../src/conformers/graphs/bonded-graph.js';
import { batchMolecules } from '../../../src/conformers/graphs/molecule-batch.js';
import { denoiserNetwork, scoreDenoiser } from '../../../src/conformers/networks/conformer-network.js';
import { decodeConformerWeights } from '../../../src/conformers/networks/conformer-weights.js';
import { compileDenoiser, openDenoiser } from '../../../src/conformers/networks/denoiser-run.js';
import { decodeScoreNetworkFile, encodeScoreNetworkFile } from '../../../src/conformers/networks/score-file.js';
import { ScoreNetwork } from '../../../src/conformers/networks/score-network.js';
import { openScorer } from '../../../src/conformers/networks/scorer.js';
import { createGraph } from '../../../src/graphs/index.js';
import { decodeModelFile } from '../../../src/newton/networks/model-file.js';
import { initialize } from '../../../src/nn/index.js';
import { Rng } from '../../../src/random/generator.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { expectClose } from '../../support/close.js';
import { knownShape } from '../support/stub-denoiser.js';

const config = { model: 'score', hidden: 16, heads: 4, blocks: 2, layers: 2, recentre: true } as const;
const network = new ScoreNetwork(config);
const weights = initialize(network.parameters, Rng.fromSeed(1));

test('a score network as a denoiser moves positions by σ² times the score, less the mean', async () => {
  const { molecule, shape } = knownShape('CC=O');
  const { atoms, senders, receivers, atomicNumbers, edgeTypes } = bondedGraph(molecule);
  const runtime = await openRuntime();
  const scorer = await openScorer(runtime, network, weights);
  const graph = { ...createGraph(atoms, senders, receivers), atomicNumbers, edgeTypes };
  const score = (await scorer.of(graph)(shape, 0.5)).slice();
  const { form } = scoreDenoiser(network);
  expect(form).toEqual({ graphs: 'bonded', lowestSigma: 0.01 });
  const denoiser = await openDenoiser(runtime, compileDenoiser(scoreDenoiser(network), weights), form);
  expect(denoiser).toMatchObject(form);
  const found = await denoiser.of(batchMolecules([bondedGraph(molecule)], [0]))(shape, 0.5);
  const moved = shape.map((x, k) => x + 0.25 * score[k]);
  const mean = [0, 1, 2].map((axis) => moved.reduce((sum, x, k) => sum + (k % 3 === axis ? x / atoms : 0), 0));
  const scale = Math.max(...moved.map(Math.abs));
  expectClose(
    found.map((x) => x / scale),
    moved.map((x, k) => (x - mean[k % 3]) / scale),
    1e-5,
  );
  await Promise.all([scorer.close(), denoiser.close()]);
});

describe('a weight file of a score network', () => {
  const file = encodeScoreNetworkFile({ config, weights, provenance: { note: 'a test' } });

  test('comes back as it was, the fixed parameters too', async () => {
    const decoded = await decodeConformerWeights(file, 'w');
    expect(decoded).toMatchObject({ config, provenance: { note: 'a test' } });
    expect(decoded.weights).toEqual(weights);
    expect(decoded.network.form.graphs).toBe('bonded');
    expect(denoiserNetwork({ hidden: 8, layers: 1, vectors: 1 }).form.graphs).toBe('pairs');
  });

  test('is refused where another network is wanted, and where it is damaged', async () => {
    expect(() => decodeModelFile(file, 'w')).toThrow(
      'w holds the network score, but needed here is a network for many-body systems (gnn, ',
    );
    const described = (model: object) => ({ ...file, metadata: { ...file.metadata, model: JSON.stringify(model) } });
    await expect(decodeConformerWeights(described({ model: 'egnn_vel' }), 'w')).rejects.toThrow(
      'w holds the network egnn_vel, but needed here is a denoiser or a score network',
    );
    expect(() => decodeScoreNetworkFile(described({ model: 'denoiser' }), 'w')).toThrow(
      'w holds the network denoiser, but needed here is a score network',
    );
    const decoded = (model: object) => decodeConformerWeights(described(model), 'w');
    await expect(decoded({ ...config, hidden: 0 })).rejects.toThrow('damaged');
    await expect(decoded({ ...config, hidden: 32 })).rejects.toThrow('has shape');
  });
});

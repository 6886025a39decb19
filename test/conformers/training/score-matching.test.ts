import { expect, test } from 'vitest';
import { bondGraphFeeds, bondGraphInputs } from '../../../src/conformers/networks/bond-graph.js';
import { ScoreNetwork } from '../../../src/conformers/networks/score-network.js';
import { compileScoreMatching, scoreMatchingLosses } from '../../../src/conformers/training/score-matching.js';
import { graphSizes, nodeCounts } from '../../../src/graphs/index.js';
import { dropoutMasks, initialize } from '../../../src/nn/index.js';
import { Rng } from '../../../src/random/generator.js';
import type { Feeds } from '../../../src/runtime/index.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { compile, input, mul, type Program } from '../../../src/tensor/index.js';
import { FlatLayout } from '../../../src/training/flat-parameters.js';
import { defaultOptimizer } from '../../../src/training/optimizer.js';
import { freshState, Optimizer } from '../../../src/training/optimizer-run.js';
import { expectClose } from '../../support/close.js';
import { randomMolecules, translation } from '../../support/molecules.js';

const molecules = randomMolecules(Rng.fromSeed(2), [4, 7, 2]);
const { graph, positions } = molecules;
const sizes = graphSizes(graph);
const noise = Rng.fromSeed(3).fillNormal(new Float32Array(positions.length));
const sigma = Float32Array.of(0.5, 2, 0.1);
const feeds = { ...bondGraphFeeds(graph), positions, noise, sigma, scale: Float32Array.of(1 / 3) };

async function runOnce(program: Program, given: Feeds): Promise<Record<string, Float32Array>> {
  const executable = await (await openRuntime()).open(program);
  const results = await executable.run(given, sizes);
  await executable.close();
  return results;
}

test('the loss is the mean over atoms of ½‖score + noise/σ‖²σ²', async () => {
  const tensors = bondGraphInputs();
  const [x, z, s] = [input('positions', ['nodes', 3]), input('noise', ['nodes', 3]), input('sigma', ['graphs', 1])];
  // A network whose score is three times the noised positions.
  const network: Pick<ScoreNetwork, 'score' | 'recentre'> = { recentre: false, score: (_, noised) => mul(noised, 3) };
  const losses = scoreMatchingLosses(network, { molecules: tensors, positions: x, noise: z, sigma: s });
  const expected = new Float64Array(3);
  const counts = nodeCounts(graph);
  for (let k = 0; k < positions.length; k++) {
    const molecule = graph.graphOfNode[Math.floor(k / 3)];
    const level = sigma[molecule];
    const error = 3 * (positions[k] + level * noise[k]) + noise[k] / level;
    expected[molecule] += (0.5 * error ** 2 * level ** 2) / counts[molecule];
  }
  const { found } = await runOnce(compile({ found: losses }), feeds);
  expectClose(
    found.map((value, k) => value / expected[k]),
    [1, 1, 1],
    1e-5,
  );
});

const sized = { hidden: 16, heads: 4 };

test('depends neither on where molecules stand nor on the mean of the noise, unless as published', async () => {
  const lossOf = async (recentre: boolean, changed: Partial<typeof feeds>): Promise<number> => {
    const network = new ScoreNetwork({ ...sized, recentre });
    const { loss } = compileScoreMatching(network);
    const weights = new FlatLayout(network.parameters).flatten(initialize(network.parameters, Rng.fromSeed(1)));
    return (await runOnce(loss, { ...feeds, weights, ...changed })).loss[0];
  };
  const moved = translation(molecules, Rng.fromSeed(4)).input(molecules).positions;
  const shifted = noise.map((value) => value + 2);
  const [before, published] = [await lossOf(true, {}), await lossOf(false, {})];
  for (const changed of [{ positions: moved }, { noise: shifted }]) {
    expect(Math.abs((await lossOf(true, changed)) / before - 1)).toBeLessThan(1e-5);
    expect(Math.abs((await lossOf(false, changed)) / published - 1)).toBeGreaterThan(1e-3);
  }
});

test('training lowers it, with dropout on, and leaves the fixed parameters as they were', async () => {
  const network = new ScoreNetwork(sized);
  const layout = new FlatLayout(network.parameters);
  const first = initialize(network.parameters, Rng.fromSeed(1));
  const programs = compileScoreMatching(network, { dropout: true });
  const runtime = await openRuntime();
  const [loss, slopes] = [await runtime.open(programs.loss), await runtime.open(programs.gradient)];
  const optimizer = new Optimizer({ ...defaultOptimizer, averageDecay: 0.9 }, freshState(layout.flatten(first)));
  const lossNow = async (): Promise<number> =>
    (await loss.run({ ...feeds, weights: optimizer.state.weights }, sizes)).loss[0];
  const before = await lossNow();
  const gradient = new Float32Array(layout.size);
  const rng = Rng.fromSeed(5);
  for (let step = 1; step <= 30; step++) {
    const masks = dropoutMasks(programs.gradient, sizes, 0.1, rng);
    await slopes.run({ ...feeds, ...masks, weights: optimizer.state.weights }, sizes, { gradient });
    optimizer.step(gradient, { rate: 0.003, step });
  }
  expect(await lossNow()).toBeLessThan(0.7 * before);
  const fixed = network.parameters.flatMap(({ name, trainable }) => (trainable ? [] : [name]));
  expect(fixed).toEqual(['dist_gaussian_fourier.W', 'coff_gaussian_fourier.W']);
  for (const vector of [optimizer.state.weights, optimizer.state.average]) {
    for (const name of fixed) expect(layout.views(vector)[name]).toEqual(first.get(name));
  }
  await Promise.all([loss, slopes].map((each) => each.close()));
});

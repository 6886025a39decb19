import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type BondGraph,
  batchBondGraphs,
  bondGraphFeeds,
  bondGraphInputs,
} from '../../../src/conformers/networks/bond-graph.js';
import { ScoreNetwork } from '../../../src/conformers/networks/score-network.js';
import { openScorer, type Scorer } from '../../../src/conformers/networks/scorer.js';
import { createGraph, graphSizes } from '../../../src/graphs/index.js';
import type { Run } from '../../../src/networks/geometric-function.js';
import { countParameters, dropoutMasks, initialize, trainable } from '../../../src/nn/index.js';
import { Rng } from '../../../src/random/generator.js';
import type { Executable } from '../../../src/runtime/index.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { compile, cos, gradient, input, sum } from '../../../src/tensor/index.js';
import { type Motion, motionError } from '../../../src/testing/index.js';
import { expectClose } from '../../support/close.js';
import {
  mirror,
  type PlacedMolecules,
  permutation,
  randomBondGraph,
  randomMolecules,
  rotation,
  translation,
} from '../../support/molecules.js';

const sizes = { hidden: 32, heads: 4 };
const network = new ScoreNetwork(sizes);
const weights = initialize(network.parameters, Rng.fromSeed(1));
const molecules = randomMolecules(Rng.fromSeed(2), [9, 2, 17, 5]);

test('the published size has the published number of parameters', () => {
  expect(countParameters(new ScoreNetwork().parameters)).toBe(3_288_262);
});

test('a width that heads do not divide is refused', () => {
  expect(() => new ScoreNetwork({ hidden: 20, heads: 8 })).toThrow('hidden must be a multiple of heads (8), not 20');
});

/** The scores of molecules by a network. */
async function withScorer<T>(
  net: ScoreNetwork,
  chosen: ReadonlyMap<string, Float32Array>,
  use: (run: Run<PlacedMolecules>) => Promise<T>,
): Promise<T> {
  const scorer = await openScorer(await openRuntime(), net, chosen);
  const result = await use(async ({ graph, positions }) => (await scorer.of(graph)(positions, 0.7)).slice());
  await scorer.close();
  return result;
}

const errorOf = async (run: Run<PlacedMolecules>, motion: Motion<PlacedMolecules>): Promise<number> =>
  motionError(run, molecules, await run(molecules), motion, 'vector');

describe('the score', () => {
  test('follows rotation, translation and permutation to 1e-5', async () => {
    const rng = Rng.fromSeed(3);
    const motions = [1, 2, 3].flatMap(() => [rotation(rng), translation(molecules, rng), permutation(molecules, rng)]);
    await withScorer(network, weights, async (run) => {
      for (const motion of motions) expect(await errorOf(run, motion)).toBeLessThan(1e-5);
    });
  });

  test('as published, depends on where a molecule stands', async () => {
    const published = new ScoreNetwork({ ...sizes, recentre: false });
    const rng = Rng.fromSeed(3);
    await withScorer(published, weights, async (run) => {
      expect(await errorOf(run, rotation(rng))).toBeLessThan(1e-5);
      expect(await errorOf(run, translation(molecules, rng))).toBeGreaterThan(0.1);
    });
  });

  test('is not the same in a mirror: what lies along b = x_i × x_j keeps its way there', async () => {
    await withScorer(network, weights, async (run) => expect(await errorOf(run, mirror)).toBeGreaterThan(0.1));
  });

  test('is the same in a mirror without that part: the scalars do not tell a molecule from its mirror image', async () => {
    const withoutB = new Map([...weights].map(([name, values]) => [name, withoutSecondRow(name, values)]));
    await withScorer(network, withoutB, async (run) => {
      expect(await errorOf(run, mirror)).toBeLessThan(1e-5);
      expect(Math.max(...(await run(molecules)))).toBeGreaterThan(0.1);
    });
  });

  test('of a molecule does not depend on what is beside it', async () => {
    const one = randomMolecules(Rng.fromSeed(5), [7]);
    const graph = batchBondGraphs([molecules.graph, one.graph]);
    const positions = Float32Array.of(...molecules.positions, ...one.positions);
    await withScorer(network, weights, async (run) => {
      const [alone, beside] = [await run(one), await run({ sizes: [...molecules.sizes, 7], graph, positions })];
      const scale = Math.max(...alone.map(Math.abs));
      for (const [k, value] of alone.entries()) {
        expect(Math.abs(value - beside[molecules.positions.length + k])).toBeLessThan(1e-6 * scale);
      }
    });
  });
});

/** The coefficients of the axes a, b, c come from the three rows of the last layer of a block. */
function withoutSecondRow(name: string, values: Float32Array): Float32Array {
  if (!/dynamic_mlp_modules\.\d+\.2\./.test(name)) return values;
  const width = values.length / 3;
  return values.map((value, k) => (Math.floor(k / width) === 1 ? 0 : value));
}

const pair = randomBondGraph(Rng.fromSeed(6), 2);
const four = randomBondGraph(Rng.fromSeed(6), 4);
const atom: BondGraph = {
  ...createGraph(1, new Int32Array(), new Int32Array()),
  atomicNumbers: Int32Array.of(6),
  edgeTypes: new Int32Array(),
};

/** Molecules on which frames lose axes. */
const degenerate: Record<string, readonly [BondGraph, readonly number[]]> = {
  'two atoms': [pair, [1, 2, 3, 0, 2, -1]],
  'in line': [four, [-0.6, 1, -1.6, -0.3, 0.5, -0.8, 0, 0, 0, 0.9, -1.5, 2.4]],
  'an atom at the centre': [four, [0, 0, 0, 1, 0, 0, -1, 1, 0, 0, -1, 0]],
  'atoms on each other': [four, [1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2]],
  'one place': [four, new Array<number>(12).fill(0)],
  'one atom': [atom, [1, 2, 3]],
};

describe('degenerate molecules have finite scores and slopes', () => {
  const tensors = bondGraphInputs();
  const [positions, sigma] = [input('positions', ['nodes', 3]), input('sigma', ['graphs', 1])];
  const score = network.score(tensors, positions, sigma);
  const leaves = [positions, ...trainable(network.parameters).map(({ tensor }) => tensor)];
  const slopes = gradient(sum(cos(score)), leaves).map((slope, k) => [`slope${k}`, slope]);
  const program = compile({ score, ...Object.fromEntries(slopes) }, { constants: weights });
  let executable: Executable;
  beforeAll(async () => {
    executable = await (await openRuntime()).open(program);
  });
  afterAll(() => executable.close());

  test.each(Object.entries(degenerate))('%s', async (_, [graph, coordinates]) => {
    const feeds = { positions: Float32Array.from(coordinates), sigma: Float32Array.of(0.01) };
    const results = await executable.run({ ...bondGraphFeeds(graph), ...feeds }, graphSizes(graph));
    for (const [name, values] of Object.entries(results))
      expect([name, values.every(Number.isFinite)]).toEqual([name, true]);
  });
});

test('dropout asks for a mask at every attention and every feed-forward part, and masks of 1 change nothing', async () => {
  const tensors = bondGraphInputs();
  const [positions, sigma] = [input('positions', ['nodes', 3]), input('sigma', ['graphs', 1])];
  const plain = network.score(tensors, positions, sigma);
  const dropped = network.score(tensors, positions, sigma, { dropout: true });
  const program = compile({ plain, dropped }, { constants: weights });
  const masks = program.inputs.filter(({ name }) => name.startsWith('dropout.'));
  expect(masks.filter(({ shape }) => shape.join() === 'edges,4')).toHaveLength(4);
  expect(masks.filter(({ shape }) => shape.join() === 'nodes,32')).toHaveLength(4);
  const named = graphSizes(molecules.graph);
  const feeds = {
    ...bondGraphFeeds(molecules.graph),
    positions: molecules.positions,
    sigma: new Float32Array(4).fill(1),
  };
  const executable = await (await openRuntime()).open(program);
  const atRate = (rate: number) =>
    executable.run({ ...feeds, ...dropoutMasks(program, named, rate, Rng.fromSeed(7)) }, named);
  const [none, some] = [await atRate(0), await atRate(0.1)];
  await executable.close();
  expectClose(none.dropped, none.plain, 0);
  expectClose(some.plain, none.plain, 0);
  expect(some.dropped.some((value, k) => Math.abs(value - some.plain[k]) > 1e-3)).toBe(true);
});

describe('a scorer', () => {
  let scorer: Scorer;
  beforeAll(async () => {
    scorer = await openScorer(await openRuntime(), network, weights);
  });
  afterAll(() => scorer.close());

  test('gives 0 to an atom that nothing is joined to', async () => {
    expect(await scorer.of(atom)(Float32Array.of(1, 2, 3), 0.5)).toEqual(new Float32Array(3));
  });

  test('refuses elements and kinds of edge that the network has no room for', () => {
    expect(() => scorer.of({ ...pair, atomicNumbers: Int32Array.of(6, 104) })).toThrow(
      'atom 1 has atomic number 104, expected 0 to 99',
    );
    expect(() => scorer.of({ ...pair, edgeTypes: Int32Array.of(-1, 1) })).toThrow('edge 0 has type -1');
    expect(() => scorer.of({ ...pair, edgeTypes: Int32Array.of(1) })).toThrow('1 types given for 2 edges');
  });

  test('refuses positions of other molecules', async () => {
    await expect(scorer.of(pair)(new Float32Array(9), 1)).rejects.toThrow('positions: 9 values given');
  });

  test('refuses weights of another network', async () => {
    const other = initialize(new ScoreNetwork({ hidden: 16 }).parameters, Rng.fromSeed(1));
    await expect(openScorer(await openRuntime(), network, other)).rejects.toThrow('weights of another network');
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchBondGraphs } from '../../../src/conformers/networks/bond-graph.js';
import type { ScoreFunction } from '../../../src/conformers/networks/score-function.js';
import { ScoreNetwork } from '../../../src/conformers/networks/score-network.js';
import { openScorer, type Scorer } from '../../../src/conformers/networks/scorer.js';
import { recentre } from '../../../src/conformers/sampling/centre.js';
import { annealedLangevin } from '../../../src/conformers/sampling/langevin.js';
import { noiseLevels } from '../../../src/conformers/sampling/noise-levels.js';
import { noiseOfStreams, recordedNoise } from '../../../src/conformers/sampling/noise-source.js';
import { predictorCorrector } from '../../../src/conformers/sampling/predictor-corrector.js';
import type { SamplingOptions, SamplingStep } from '../../../src/conformers/sampling/sampling.js';
import { initialize } from '../../../src/nn/index.js';
import { Rng } from '../../../src/random/generator.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { motionError } from '../../../src/testing/index.js';
import { expectClose } from '../../support/close.js';
import { type PlacedMolecules, permutation, randomMolecules, rotation, translation } from '../../support/molecules.js';

const atoms = (nodes: number, graphs = 1) => ({
  nodes,
  graphs,
  graphOfNode: Int32Array.from({ length: nodes }, (_, k) => Math.floor((k * graphs) / nodes)),
});

/** The score of points that are normal with deviation `spread` where no noise has moved them. */
const gaussian =
  (spread: number): ScoreFunction =>
  async (positions, sigma) =>
    positions.map((x) => -x / (spread ** 2 + sigma ** 2));

const silent = recordedNoise([]);

const deviation = (values: Float32Array): number =>
  Math.sqrt(values.reduce((total, x) => total + x * x, 0) / values.length);

describe.each([
  ['annealed Langevin dynamics', annealedLangevin],
  ['predictor-corrector sampling', predictorCorrector],
])('%s', (_, sample) => {
  test('ends at the distribution whose score it is given', async () => {
    const points = atoms(1500);
    const positions = await sample(gaussian(2), points, {
      noise: noiseOfStreams(points, [Rng.fromSeed(1)]),
      levels: noiseLevels({ count: 10, largest: 8, smallest: 0.5 }),
      stepsPerLevel: 60,
      stepSize: 0.05,
      recentre: false,
    });
    expect(Math.abs(deviation(positions) / Math.hypot(2, 0.5) - 1)).toBeLessThan(0.03);
  });

  test('tells every network call and stops at once when it is asked to', async () => {
    const told: SamplingStep[] = [];
    const controller = new AbortController();
    const options: SamplingOptions = {
      noise: noiseOfStreams(atoms(2), [Rng.fromSeed(1)]),
      levels: [2, 1],
      stepsPerLevel: 3,
      signal: controller.signal,
      onStep: (step) => {
        told.push({ ...step, positions: step.positions.slice() });
        if (told.length === 4) controller.abort(new Error('enough'));
      },
    };
    await expect(sample(gaussian(1), atoms(2), options)).rejects.toThrow('enough');
    const calls = sample === annealedLangevin ? 6 : 7;
    expect(told.map((step) => [step.call, step.calls])).toEqual([1, 2, 3, 4].map((call) => [call, calls]));
    expect(told.map(({ sigma }) => sigma)).toEqual([2, 2, 2, sample === annealedLangevin ? 1 : 2]);
    expect(told[3].positions).not.toEqual(told[2].positions);
  });

  test('tells as many calls as it said', async () => {
    const told: SamplingStep[] = [];
    const noise = noiseOfStreams(atoms(2), [Rng.fromSeed(1)]);
    await sample(gaussian(1), atoms(2), {
      noise,
      levels: [3, 2, 1],
      stepsPerLevel: 2,
      onStep: (step) => told.push(step),
    });
    const last = told[told.length - 1];
    expect([told.length, last.call, last.sigma]).toEqual([last.calls, last.calls, 1]);
  });

  test('keeps molecules at the origin, unless told otherwise', async () => {
    const molecules = atoms(6, 2);
    const drifting: ScoreFunction = async (positions) => positions.map(() => 1);
    const final = async (recentre?: boolean) =>
      sample(drifting, molecules, {
        noise: noiseOfStreams(molecules, [Rng.fromSeed(1), Rng.fromSeed(2)]),
        levels: [1],
        stepsPerLevel: 5,
        stepSize: 1,
        recentre,
      });
    const middle = (positions: Float32Array): number[] =>
      [0, 9].map((at) => positions.subarray(at, at + 9).reduce((a, b) => a + b, 0) / 9);
    expectClose(middle(await final()), [0, 0], 1e-6);
    for (const mean of middle(await final(false))) expect(mean).toBeGreaterThan(2);
  });

  test.each<[Partial<SamplingOptions>, string]>([
    [{ levels: [] }, 'there are no noise levels'],
    [{ levels: [1, 2] }, 'noise level 1 (2) is above the one before it (1)'],
    [{ levels: [1, 0] }, 'noise level 1 must be a number above 0'],
    [{ stepsPerLevel: -1 }, 'the number of steps per level must be a whole number of at least 0'],
    [{ stepSize: 0 }, 'the step size must be a number above 0'],
    [{ stepSizeAt: -1 }, 'the noise level of the step size must be a number above 0'],
    [{ longestScore: 0 }, 'the longest score must be a number above 0'],
    [{ start: new Float32Array(5) }, '5 coordinates to start from, expected 6'],
  ])('%o is refused', async (options, message) => {
    const noise = noiseOfStreams(atoms(2), [Rng.fromSeed(1)]);
    await expect(sample(gaussian(1), atoms(2), { noise, ...options })).rejects.toThrow(message);
  });

  test('a score that is no number stops it', async () => {
    const broken: ScoreFunction = async (positions) => positions.map((_, k) => (k === 4 ? Number.NaN : 1));
    const noise = noiseOfStreams(atoms(2), [Rng.fromSeed(1)]);
    await expect(sample(broken, atoms(2), { noise, levels: [2] })).rejects.toThrow(
      'sampling stopped at noise level 2: the score of atom 2 is NaN',
    );
  });
});

test('a Langevin step is x + ε·score + √(2ε)·z, with ε = stepSize · (σ/σ_lowest)²', async () => {
  const noise = recordedNoise([Float32Array.of(1, 0, 0), Float32Array.of(0, -1, 0)]);
  const score: ScoreFunction = async (_, sigma) => Float32Array.of(sigma, 0, 1);
  const options = {
    start: new Float32Array(3),
    noise,
    levels: [2, 1],
    stepsPerLevel: 1,
    stepSize: 0.5,
    recentre: false,
  };
  const positions = await annealedLangevin(score, atoms(1), options);
  expectClose(positions, [2 * 2 + Math.sqrt(4) + 0.5, -1, 2 + 0.5], 1e-6);
});

test('scores are shortened to the longest one allowed, their way kept', async () => {
  const score: ScoreFunction = async () => Float32Array.of(3000, 0, 4000, 3, 0, 4);
  const noise = recordedNoise([new Float32Array(6)]);
  const options = { start: new Float32Array(6), noise, levels: [1], stepsPerLevel: 1, stepSize: 0.01, recentre: false };
  expectClose(await annealedLangevin(score, atoms(2), options), [6, 0, 8, 0.03, 0, 0.04], 1e-6);
});

test('without corrections the predictor follows the probability flow', async () => {
  const levels = noiseLevels({ count: 2000, largest: 10, smallest: 0.01 });
  const options = { start: Float32Array.of(5, -7, 1), noise: silent, levels, stepsPerLevel: 0, recentre: false };
  const positions = await predictorCorrector(gaussian(2), atoms(1), options);
  // Points of a normal distribution shrink with its deviation.
  const shrink = Math.hypot(2, 0.01) / Math.hypot(2, 10);
  expectClose(positions, [5 * shrink, -7 * shrink, shrink], 5e-3);
});

describe('with a score network', () => {
  const network = new ScoreNetwork({ hidden: 16, heads: 4 });
  const molecules = randomMolecules(Rng.fromSeed(2), [6, 9]);
  recentre(molecules.positions, molecules.graph);
  const recorded = Array.from({ length: 12 }, (_, k) => Rng.fromSeed(k).fillNormal(new Float32Array(45)));
  let scorer: Scorer;
  beforeAll(async () => {
    scorer = await openScorer(await openRuntime(), network, initialize(network.parameters, Rng.fromSeed(1)));
  });
  afterAll(() => scorer.close());

  /**
   * A whole run: positions are where it starts. Steps are small: the Fourier features of a network that has learned
   * nothing make every rounding error of a long way grow.
   */
  const run =
    (noise: readonly Float32Array[], sample = annealedLangevin) =>
    (given: PlacedMolecules) =>
      sample(scorer.of(given.graph), given.graph, {
        start: given.positions,
        noise: recordedNoise(noise),
        levels: [1, 0.99, 0.98],
        stepsPerLevel: 4,
        stepSize: 0.003,
      });

  test.each([
    ['annealedLangevin', annealedLangevin],
    ['predictorCorrector', predictorCorrector],
  ])('%s follows rotation, translation and permutation of start and noise', async (_, sample) => {
    const before = await run(recorded, sample)(molecules);
    expect(before.some((x, k) => Math.abs(x - molecules.positions[k]) > 0.3)).toBe(true);
    const rng = Rng.fromSeed(4);
    for (const motion of [rotation(rng), translation(molecules, rng), permutation(molecules, rng)]) {
      const moved = recorded.map((noise) => motion.output(noise));
      expect(await motionError(run(moved, sample), molecules, before, motion, 'vector')).toBeLessThan(1e-5);
    }
  });

  test('a conformer does not depend on what it is made beside', async () => {
    const [first, second] = [0, 1].map((k) => randomMolecules(Rng.fromSeed(20 + k), [5 + k]).graph);
    const made = (graphs: readonly (typeof first)[], numbers: readonly number[]) => {
      const batch = batchBondGraphs(graphs);
      const streams = numbers.map((number) => Rng.fromSeed(1).fork(number));
      const options = { noise: noiseOfStreams(batch, streams), levels: [1, 0.5], stepsPerLevel: 5, stepSize: 0.01 };
      return annealedLangevin(scorer.of(batch), batch, options);
    };
    const [alone, beside] = [await made([second], [7]), await made([first, second, first], [3, 7, 4])];
    expectClose(beside.slice(15, 33), alone, 1e-5);
  });
});

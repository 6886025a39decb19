import { describe, expect, test } from 'vitest';
import type { ScoreFunction } from '../../../src/conformers/networks/score-function.js';
import { noiseOfStreams, recordedNoise } from '../../../src/conformers/sampling/noise-source.js';
import {
  karrasLevels,
  type ProbabilityFlowOptions,
  probabilityFlow,
  probabilityFlowCalls,
} from '../../../src/conformers/sampling/probability-flow.js';
import type { SamplingStep } from '../../../src/conformers/sampling/sampling.js';
import { Rng } from '../../../src/random/generator.js';
import { expectClose } from '../../support/close.js';

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

const silent = (length: number) => recordedNoise([new Float32Array(length)]);

describe('noise levels by Karras et al.', () => {
  test('fall from the largest to the smallest, their fifth roots evenly', () => {
    const levels = karrasLevels(4, 32, 1);
    expectClose(levels, [32, (5 / 3) ** 5, (4 / 3) ** 5, 1], 1e-12);
    expect(karrasLevels(1, 3)).toEqual([3]);
    expectClose(karrasLevels(3, 4, 1, 1), [4, 2.5, 1], 1e-12);
  });

  test.each([
    [[0, 1], 'the number of steps must be a whole number of at least 1, not 0'],
    [[3, -1], 'the largest noise level must be a number above 0, not -1'],
    [[3, 1, 0], 'the smallest noise level must be a number above 0, not 0'],
    [[3, 1, 2], 'the smallest noise level (2) is above the largest (1); swap them'],
  ] as [[number, number, number?], string][])('%o is refused', (given, message) => {
    expect(() => karrasLevels(...given)).toThrow(message);
  });
});

describe('the probability flow', () => {
  const start = Float32Array.of(5, -7, 1, -5, 7, -1);
  const run = (levels: readonly number[], spread = 2) =>
    probabilityFlow(gaussian(spread), atoms(2), { start, noise: silent(6), levels });

  test('shrinks points of a normal distribution with its deviation', async () => {
    const shrink = 2 / Math.hypot(2, 10);
    expectClose(
      await run(karrasLevels(200, 10, 1e-3)),
      Array.from(start, (x) => shrink * x),
      2e-4,
    );
  });

  test('converges with the square of the number of steps', async () => {
    const error = async (steps: number): Promise<number> => {
      const [x] = await run(karrasLevels(steps, 10, 1e-3));
      return Math.abs(x - (5 * 2) / Math.hypot(2, 10));
    };
    const [coarse, fine, finer] = [await error(10), await error(20), await error(40)];
    for (const ratio of [coarse / fine, fine / finer]) {
      expect(ratio).toBeGreaterThan(3.2);
      expect(ratio).toBeLessThan(5.5);
    }
  });

  test('is exact in one step for data in one point', async () => {
    const point: ScoreFunction = async (positions, sigma) => positions.map((x) => -x / sigma ** 2);
    const options = { start, noise: silent(6), levels: [3] };
    expectClose(await probabilityFlow(point, atoms(2), options), new Float32Array(6), 1e-6);
  });

  test.each([0, 0.4])('ends at the distribution whose score it is given, with churn %d', async (churn) => {
    const points = atoms(1500);
    const noise = noiseOfStreams(points, [Rng.fromSeed(1)]);
    const levels = karrasLevels(60, 20, 0.01);
    const positions = await probabilityFlow(gaussian(2), points, { noise, levels, churn });
    const deviation = Math.sqrt(positions.reduce((total, x) => total + x * x, 0) / positions.length);
    expect(Math.abs(deviation / 2 - 1)).toBeLessThan(0.03);
  });

  test('raises each level but the last with its share of new noise', async () => {
    const flat: ScoreFunction = async (positions) => new Float32Array(positions.length);
    const unit = Float32Array.of(1, 0, 0, -1, 0, 0);
    const noise = recordedNoise([new Float32Array(6), unit, unit]);
    const options = { start, noise, levels: [4, 2, 1], churn: 0.25, noiseShare: 0.5 };
    const raised = 0.5 * (4 + 2) * Math.sqrt(1.25 ** 2 - 1);
    const [x, , , other] = await probabilityFlow(flat, atoms(2), options);
    expectClose([x, other], [5 + raised, -5 - raised], 1e-5);
  });

  test('puts noise of the first level on its start, and keeps molecules at the origin', async () => {
    const first: SamplingStep[] = [];
    const noise = recordedNoise([Float32Array.of(1, 0, 0, 0, 0, 0)]);
    const options = { start, noise, levels: [0.5], onStep: (step: SamplingStep) => first.push(copyOf(step)) };
    const positions = await probabilityFlow(gaussian(2), atoms(2), options);
    expectClose(first[0].positions, [5.25, -7, 1, -5.25, 7, -1], 1e-6);
    expectClose([positions[0] + positions[3]], [0], 1e-6);
  });

  test('tells its start and every step, and as many calls as it said', async () => {
    const told: SamplingStep[] = [];
    const calls: number[] = [];
    const score: ScoreFunction = async (positions, sigma) => {
      calls.push(sigma);
      return gaussian(1)(positions, sigma);
    };
    const levels = [3, 2, 1];
    await probabilityFlow(score, atoms(2), { start, noise: silent(6), levels, onStep: (step) => told.push(step) });
    expect(told.map(({ call, calls: all, sigma }) => [call, all, sigma])).toEqual([
      [0, 5, 3],
      [2, 5, 2],
      [4, 5, 1],
      [5, 5, 0],
    ]);
    expect(calls).toEqual([3, 2, 2, 1, 1]);
    expect(probabilityFlowCalls(levels.length)).toBe(5);
  });

  test('stops at once when it is asked to', async () => {
    const controller = new AbortController();
    const onStep = ({ call }: SamplingStep): void => {
      if (call === 2) controller.abort(new Error('enough'));
    };
    const options = { start, noise: silent(6), levels: [3, 2, 1], signal: controller.signal, onStep };
    await expect(probabilityFlow(gaussian(1), atoms(2), options)).rejects.toThrow('enough');
  });

  test.each<[Partial<ProbabilityFlowOptions>, string]>([
    [{ levels: [] }, 'there are no noise levels'],
    [{ levels: [1, 2] }, 'noise level 1 (2) is above the one before it (1)'],
    [{ levels: [1, Number.NaN] }, 'noise level 1 must be a number above 0'],
    [{ churn: -1 }, 'churn must be 0 or more'],
    [{ churn: Number.NaN }, 'churn must be a finite number'],
    [{ churn: 1, noiseShare: 0 }, 'the share of noise must be a number above 0, not 0'],
    [{ start: new Float32Array(5) }, '5 coordinates to start from, expected 6'],
  ])('%o is refused', async (options, message) => {
    const given = { noise: silent(6), levels: [1], ...options };
    await expect(probabilityFlow(gaussian(1), atoms(2), given)).rejects.toThrow(message);
  });

  test('a score that is no number stops it', async () => {
    const broken: ScoreFunction = async (positions) => positions.map((_, k) => (k === 4 ? Number.NaN : 1));
    await expect(probabilityFlow(broken, atoms(2), { noise: silent(6), levels: [2] })).rejects.toThrow(
      'sampling stopped at noise level 2: the score of atom 2 is NaN',
    );
  });
});

const copyOf = (step: SamplingStep): SamplingStep => ({ ...step, positions: step.positions.slice() });

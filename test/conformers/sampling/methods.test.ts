import { describe, expect, test } from 'vitest';
import { samplingOptions } from '../../../src/cli/conformers/making-options.js';
import { runProperties } from '../../../src/conformers/generation/conformer-record.js';
import { generateConformers } from '../../../src/conformers/generation/generate.js';
import { localMaker } from '../../../src/conformers/generation/local-maker.js';
import { makeConformers } from '../../../src/conformers/making/make-conformers.js';
import { makingSettings } from '../../../src/conformers/making/making-settings.js';
import { recentre } from '../../../src/conformers/sampling/centre.js';
import { type SamplingMethods, samplingMethods } from '../../../src/conformers/sampling/methods.js';
import type { Sampler } from '../../../src/conformers/sampling/sampler.js';
import { callsOf, samplingPlan } from '../../../src/conformers/sampling/sampling-plan.js';
import type { Start } from '../../../src/conformers/starts/start.js';
import { atomCount } from '../../../src/molecules/molecule.js';
import { Rng } from '../../../src/random/generator.js';
import { expectClose } from '../../support/close.js';
import { knownShape, stubDenoiser } from '../support/stub-denoiser.js';

/** Noise, and in so many equal parts all the way to what the network takes for right. */
const jump: Sampler = {
  name: 'jump',
  title: 'straight to the shape',
  start: 'line',
  steps: { shapes: 2, noise: 3 },
  options: { boldness: { summary: 'share of the way', min: 0, off: 1, default: { shapes: 1, noise: 0.5 } } },
  calls: ({ steps }) => steps,
  async sample(score, molecules, { steps, sigma, options }, { noise, start, onStep }) {
    const positions = start?.slice() ?? new Float32Array(3 * molecules.nodes);
    const normals = new Float32Array(positions.length);
    noise(normals);
    for (let k = 0; k < positions.length; k++) positions[k] += sigma * normals[k];
    for (let call = 1; call <= steps; call++) {
      const slope = await score(positions, sigma);
      const share = call === steps ? 1 : options.boldness / steps;
      for (let k = 0; k < positions.length; k++) positions[k] += share * sigma ** 2 * slope[k];
      recentre(positions, molecules);
      onStep?.({ call, calls: steps, sigma: call === steps ? 0 : sigma, positions });
    }
    return positions;
  },
};

/** All atoms in a row. */
const line: Start = {
  name: 'line',
  title: 'a straight line',
  sigma: 0.25,
  shape: async (molecule) => Float32Array.from({ length: 3 * atomCount(molecule) }, (_, k) => (k % 3 === 0 ? k : 0)),
};

const methods: SamplingMethods = {
  samplers: [...samplingMethods.samplers, jump],
  starts: [...samplingMethods.starts, line],
};
const { molecule, shape } = knownShape('CC[C@H](C)O');

describe('a sampler and a start that are added to the lists', () => {
  test('have plans with defaults and options of their own', () => {
    const plan = samplingPlan({ sampler: 'jump' }, methods);
    expect(plan).toMatchObject({ start: 'line', steps: 2, sigma: 0.25, options: { boldness: 1 } });
    expect(callsOf(plan, methods)).toBe(2);
    const given = { sampler: 'jump', start: 'noise', options: { boldness: 0.25 } };
    expect(samplingPlan(given, methods)).toMatchObject({ steps: 3, sigma: 10, options: { boldness: 0.25 } });
    // The samplers that are there take the new start as they take shapes.
    expect(samplingPlan({ start: 'line' }, methods)).toMatchObject({ steps: 12, options: { churn: 1.5 } });
  });

  test.each([
    [
      { sampler: 'jumps' },
      'must be one of flow, langevin, predictor-corrector, jump, not "jumps" (did you mean "jump"?)',
    ],
    [{ start: 'lines' }, 'the start must be one of shapes, noise, line, not "lines"'],
    [{ sampler: 'jump', churn: 1 }, 'churn applies only to the flow sampler, not to jump; remove churn'],
    [{ options: { boldness: 2 } }, 'boldness applies only to the jump sampler, not to flow'],
    [{ sampler: 'jump', options: { boldness: -1 } }, 'boldness must be at least 0, not -1'],
  ])('are named where %o is refused', (given, message) => {
    expect(() => samplingPlan(given, methods)).toThrow(message);
  });

  test('are choices of commands, with their options', () => {
    const { sampler, start, ...others } = samplingOptions(methods);
    expect(sampler.choices).toContain('jump');
    expect(sampler.summary).toContain('; jump: straight to the shape');
    expect(start.choices).toContain('line');
    expect(start.summary).toContain('line: a straight line (default: shapes for flow, ');
    expect(start.summary).toContain(', line for jump)');
    expect(others).toHaveProperty('boldness.summary', 'share of the way (default: 1 from shapes, 0.5 from noise)');
    expect(others.sigma.summary).toContain('0.25 from line');
  });

  test('make conformers, which say so', async () => {
    const calls: number[] = [];
    const maker = localMaker(
      stubDenoiser(() => shape),
      { methods, onStep: ({ call }) => calls.push(call) },
    );
    const options = { sampler: 'jump', options: { boldness: 0.5 }, count: 2, trace: 'first' } as const;
    const found = [];
    for await (const item of generateConformers([molecule], maker, options)) {
      if (item.kind === 'conformer') found.push(item);
    }
    expect(found).toHaveLength(2);
    for (const { coordinates } of found) expectClose(coordinates, shape, 1e-4);
    expect(found[0].path?.map(({ call }) => call)).toEqual([1, 2]);
    expect(calls).toEqual([1, 2]);
    const settings = makingSettings(options, methods);
    const origin = { program: 'clofnet', weights: 'w', settings, seed: 1, count: 2, unique: undefined, methods };
    expect(runProperties(origin).method).toMatch(
      /^clofnet: jump from line, 2 steps from 0.25 Å with boldness 0.5, weights w/,
    );
  });

  test('go together with those that were there', async () => {
    for (const given of [
      { sampler: 'jump', start: 'noise' },
      { sampler: 'jump', start: 'shapes' },
      { start: 'line' },
    ]) {
      const settings = makingSettings(given, methods);
      const request = { molecule, rng: Rng.fromSeed(1) };
      const [result] = await makeConformers(
        stubDenoiser(() => shape),
        [request],
        settings,
        { methods },
      );
      expect(result).toMatchObject({ attempts: 1 });
    }
  });
});

test('the options of the samplers have names that nothing else has', () => {
  const own = samplingMethods.samplers.flatMap(({ options }) => Object.keys(options));
  expect(new Set(own).size).toBe(own.length);
  const { plan, ...others } = makingSettings({});
  for (const name of own) expect([...Object.keys(plan), ...Object.keys(others)]).not.toContain(name);
});

import { describe, expect, test } from 'vitest';
import { datasetName, namedSet } from '../../../src/newton/data/set-name.js';
import type { SnapshotPairs } from '../../../src/newton/data/snapshots.js';
import { straightLine, timeSpan } from '../../../src/newton/evaluation/baselines.js';
import { evaluate } from '../../../src/newton/evaluation/evaluate.js';
import { predictionErrors, worstShare } from '../../../src/newton/evaluation/prediction-errors.js';
import { trainedOn, unlikeTraining } from '../../../src/newton/evaluation/trained-on.js';
import type { FieldName, Predictor, SystemBatch } from '../../../src/newton/networks/index.js';
import { fieldArrays, fieldVectors, parseVector } from '../../../src/newton/system/field-vectors.js';
import { SYSTEM_KINDS } from '../../../src/newton/system/kinds.js';
import { Rng } from '../../../src/random/generator.js';

/** Bodies that move 0.5 a unit of time, for 2 units; each ends a little off, by (0, 0.3, 0.4). */
function drifting(count: number, bodies: number): SnapshotPairs {
  const rng = Rng.fromSeed(7);
  const length = 3 * count * bodies;
  const positions = rng.fillNormal(new Float32Array(length));
  const velocities = Float32Array.from({ length }, (_, k) => (k % 3 === 0 ? 0.5 : 0));
  const off = [0, 0.3, 0.4];
  const targets = positions.map((x, k) => x + 2 * velocities[k] + off[k % 3]);
  return { count, bodies, positions, velocities, targets, charges: new Float32Array(count * bodies).fill(1) };
}

const predictor = (predict: (batch: SystemBatch) => Float32Array): Predictor => ({
  fields: [],
  predictsVelocities: false,
  predict: async (batch) => ({ positions: predict(batch) }),
  close: () => Promise.resolve(),
});
const options = { time: 2, rng: Rng.fromSeed(1) };

describe('an evaluation', () => {
  test('knows the errors of guesses that have a closed form', async () => {
    const line = predictor(({ positions, velocities }) => positions.map((x, k) => x + 2 * velocities[k]));
    const result = await evaluate(line, drifting(40, 5), options);
    expect(result).toMatchObject({ systems: 40, bodies: 5 });
    for (const errors of [result.network, result.straightLine]) {
      expect(errors.meanSquaredError).toBeCloseTo(0.25 / 3, 5);
      expect(errors.meanDistance).toBeCloseTo(0.5, 5);
    }
    expect(result.standingStill.meanSquaredError).toBeCloseTo(1.25 / 3, 5);
    expect(result.standingStill.meanDistance).toBeCloseTo(Math.sqrt(1.25), 5);
    expect(result.equivariance).toBeLessThan(1e-6);
    expect(result.worst).toEqual({ systems: 1, share: expect.closeTo(1 / 40, 4) });
  });

  test('gives the systems in order, with their fields', async () => {
    const seen: number[] = [];
    const counting = predictor((batch) => {
      seen.push(batch.sizes.length, ...(batch.fields?.gravity?.subarray(0, 3) ?? []));
      return batch.positions;
    });
    const { network, standingStill } = await evaluate(counting, drifting(60, 30), {
      ...options,
      fields: { gravity: [1, 2, 3] },
    });
    expect(network).toEqual(standingStill);
    expect(seen.slice(-8)).toEqual([57, 1, 2, 3, 3, 1, 2, 3]);
  });

  test('refuses predictions that are no numbers', async () => {
    const broken = predictor(({ positions, sizes }) =>
      sizes.length === 60 ? positions.with(3 * 5 * 12 + 1, Number.NaN) : positions,
    );
    await expect(evaluate(broken, drifting(60, 5), options)).rejects.toThrow('predicts NaN in trajectory 12 (counted');
  });

  test('stops when told to', async () => {
    const still = predictor(({ positions }) => positions);
    const stopped = evaluate(still, drifting(2, 2), { ...options, signal: AbortSignal.abort(new Error('stop')) });
    await expect(stopped).rejects.toThrow('stop');
  });
});

test('the published snapshots are 1 unit of time apart', () => {
  expect(timeSpan({ input: 30, target: 40 })).toBeCloseTo(1, 12);
  expect([
    ...straightLine({ positions: Float32Array.of(1, 2, 3), velocities: Float32Array.of(0, 1, -2) }, 0.5),
  ]).toEqual([1, 2.5, 2]);
});

test('errors need as many predictions as truths', () => {
  expect(() => predictionErrors(new Float32Array(3), new Float32Array(6))).toThrow(RangeError);
});

describe('field vectors', () => {
  const provenance = { data: { gravity: [0, 0, 0.098], magnetic: [1, 'x', 3] } };

  test('come from the command line before the weight file', () => {
    expect(fieldVectors(['gravity'], provenance)).toEqual({ gravity: [0, 0, 0.098] });
    expect(fieldVectors(['gravity'], provenance, { gravity: [1, 2, 3] })).toEqual({ gravity: [1, 2, 3] });
    expect(fieldVectors([], provenance)).toEqual({});
    expect(fieldArrays({ gravity: [1, 2, 3] }, 2)).toEqual({ gravity: Float32Array.of(1, 2, 3, 1, 2, 3) });
  });

  test.each<[readonly FieldName[], object, object, string]>([
    [['gravity'], {}, {}, 'give gravity x,y,z'],
    [['magnetic'], provenance, {}, 'give magnetic x,y,z'],
    [['magnetic'], provenance, { gravity: [1, 2, 3] }, 'takes no gravity field'],
  ])('are refused: %j %j %j', (wanted, from, given, message) => {
    expect(() => fieldVectors(wanted, { ...from }, given)).toThrow(message);
  });

  test('are written as three numbers', () => {
    expect(parseVector('-1, 2e-1,0', 'gravity')).toEqual([-1, 0.2, 0]);
    for (const text of ['1,2', '1,2,3,4', 'a,b,c', '1,,3', 'NaN,0,0', '1 2 3'])
      expect(() => parseVector(text, 'gravity')).toThrow('gravity takes three numbers as in 0,0,0.098');
  });
});

describe('what a network was trained on', () => {
  const training = trainedOn({ data: { input: 30, target: 40, name: 'charged5_initvel1small' } });
  const batch = (sizes: readonly number[], charge: number): SystemBatch => {
    const bodies = sizes.reduce((a, b) => a + b, 0);
    const vectors = new Float32Array(3 * bodies);
    return { sizes, positions: vectors, velocities: vectors, charges: new Float32Array(bodies).fill(charge) };
  };

  test('is told by the published names', () => {
    expect(training).toEqual({
      snapshots: { input: 30, target: 40 },
      timeSpan: expect.closeTo(1),
      bodies: 5,
      kind: 'charged',
      unitCharges: true,
    });
    expect(trainedOn({})).toEqual({ unitCharges: false });
    expect(trainedOn({ data: { name: 'mine' } })).toEqual({ unitCharges: false });
  });

  test.each(SYSTEM_KINDS)('tells %s by the name of the set', (kind) => {
    for (const bodies of [5, 20]) {
      expect(namedSet(datasetName({ kind, bodies }))).toEqual({ kind, bodies });
      expect(namedSet(datasetName({ kind, bodies, cutoff: 2.5 }))).toEqual({ kind, bodies, cutoff: 2.5 });
    }
    for (const name of ['mine', 'charged5', 'mine5_initvel1small']) expect(namedSet(name)).toEqual({});
    expect(namedSet('springs5_initvel1static')).toEqual({ bodies: 5 });
  });

  test('is compared with what comes', () => {
    expect(unlikeTraining(batch([3, 5, 10], -1), training)).toBeUndefined();
    expect(unlikeTraining(batch([5, 11], 1), training)).toContain('5 bodies, here are systems of 11:');
    expect(unlikeTraining(batch([2], 2.5), training)).toMatch(/systems of 2, and on charges of ±1, here are .* 2\.5/);
    expect(unlikeTraining(batch([50], 9), trainedOn({}), { kind: 'static' })).toBeUndefined();
    expect(unlikeTraining(batch([5], 1), training, { kind: 'charged', timeSpan: 1 })).toBeUndefined();
    expect(unlikeTraining(batch([5], 1), training, { kind: 'springs' })).toContain(
      'outer field, here are bodies on springs:',
    );
    expect(unlikeTraining(batch([5], 1), training, { kind: 'charged', cutoff: 2 })).toContain(
      'here are charges without an outer field with forces up to a distance of 2:',
    );
    expect(unlikeTraining(batch([5], 1), training, { timeSpan: 0.5 })).toContain('a time span of 1, here it is 0.5:');
    const masses = trainedOn({ data: { input: 0, target: 4, spacing: 0.05, name: 'gravity5_initvel1small' } });
    expect(masses).toMatchObject({ kind: 'gravity', timeSpan: 0.2, unitCharges: false });
    expect(unlikeTraining(batch([5], 2), masses)).toBeUndefined();
  });
});

test('the worst hundredth of the systems is counted, at least one', () => {
  const targets = new Float32Array(200 * 6);
  const predicted = targets.map((_, k) => (k < 2 * 6 ? 3 : k < 4 * 6 ? 1 : 0)); // squares of 54 twice, and of 6 twice
  expect(worstShare(predicted, targets, new Array<number>(200).fill(2))).toEqual({ systems: 2, share: 108 / 120 });
  expect(worstShare(predicted.slice(0, 24), targets.slice(0, 24), [2, 2, 2, 2])).toEqual({
    systems: 1,
    share: 54 / 120,
  });
  expect(worstShare(targets, targets, new Array<number>(200).fill(2))).toEqual({ systems: 2, share: 0 });
});

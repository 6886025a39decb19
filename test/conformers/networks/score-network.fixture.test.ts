import { beforeAll, describe, expect, it } from 'vitest';
import { bondGraphFeeds } from '../../../src/conformers/networks/bond-graph.js';
import { ScoreNetwork } from '../../../src/conformers/networks/score-network.js';
import { openScorer, type Scorer } from '../../../src/conformers/networks/scorer.js';
import { compileScoreMatching } from '../../../src/conformers/training/score-matching.js';
import { graphSizes } from '../../../src/graphs/index.js';
import { trainable } from '../../../src/nn/index.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { FlatLayout } from '../../../src/training/flat-parameters.js';
import { readScoreFixture, scoreFixtureFiles } from '../../support/score-fixtures.js';

const largest = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** The largest error, relative to the largest entry. */
function relativeError(found: Float32Array, expected: Float32Array, scale = largest(expected)): number {
  if (found.length !== expected.length) return Infinity;
  return largest(found.map((value, k) => value - expected[k])) / scale;
}

/**
 * The bias of the keys adds the same to all logits of a node, which softmax does not see: its gradient is 0 but for
 * rounding, which is measured by the gradient of the keys' weight.
 */
const scaleOf = (name: string): string => name.replace(/lin_key\.bias$/, 'lin_key.weight');

/** The numbers come from the published PyTorch code, run in float32. */
describe.each(scoreFixtureFiles())('%s', (file) => {
  const fixture = readScoreFixture(file);
  const { molecules, positions, noise, sigma } = fixture;
  const network = new ScoreNetwork(fixture.network);
  const weights = new Map([...fixture.parameters].map(([name, { data }]) => [name, data]));
  const layout = new FlatLayout(network.parameters);
  let found: Record<string, Float32Array>;
  let slopes: Record<string, Float32Array>;
  let scorer: Scorer;
  beforeAll(async () => {
    const runtime = await openRuntime();
    const feeds = {
      ...bondGraphFeeds(molecules),
      positions,
      noise,
      sigma,
      scale: Float32Array.of(1 / molecules.graphs),
    };
    const training = await runtime.open(compileScoreMatching(network).gradient);
    found = await training.run({ ...feeds, weights: layout.flatten(weights) }, graphSizes(molecules));
    slopes = layout.views(found.gradient);
    await training.close();
    scorer = await openScorer(runtime, network, weights);
    return () => scorer.close();
  });

  it('has the published parameters, by name and shape', () => {
    const shapes = (list: Iterable<readonly [string, readonly number[]]>): object => Object.fromEntries(list);
    const published = [...fixture.parameters].map(([name, { shape }]) => [name, shape] as const);
    expect(shapes(network.parameters.map(({ name, shape }) => [name, shape]))).toEqual(shapes(published));
  });

  it('trains the same ones', () => {
    expect(
      trainable(network.parameters)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...fixture.gradients.keys()].sort());
  });

  it('has the same loss', () => {
    expect(Math.abs(found.loss[0] / fixture.loss - 1)).toBeLessThanOrEqual(1e-5);
  });

  it('has the same gradient of every parameter', () => {
    const errors = [...fixture.gradients].map(([name, expected]) => {
      const scale = largest(fixture.gradients.get(scaleOf(name)) ?? expected);
      return [name, relativeError(slopes[name], expected, scale)] as const;
    });
    expect(errors.filter(([, error]) => !(error <= 1e-4))).toEqual([]);
  });

  it.each(fixture.scores)('has the same scores at noise level %i', async (level, expected) => {
    const score = await scorer.of(molecules)(fixture.scorePositions, fixture.levels[level]);
    expect(relativeError(score, expected)).toBeLessThanOrEqual(1e-5);
  });
});

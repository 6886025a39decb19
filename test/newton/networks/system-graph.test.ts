import { describe, expect, it } from 'vitest';
import { completeGraphs, type Graph } from '../../../src/graphs/index.js';
import { createModel, openPredictor, randomSystems } from '../../../src/newton/networks/index.js';
import { pairsOfGraph, systemGraph, takePairs } from '../../../src/newton/networks/system-graph.js';
import { openExamples } from '../../../src/newton/training/examples.js';
import { Rng } from '../../../src/random/generator.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { livelyWeights } from '../../support/lively.js';
import { windowsOfPairs } from '../../support/windows.js';

const sizes = [1, 40, 3, 120];
const { positions } = randomSystems(Rng.fromSeed(2), sizes);

/** All pairs that are nearer than the cutoff, by looking at each. */
function pairsWithin(cutoff: number): [number, number][] {
  const whole = completeGraphs(sizes);
  const at = (node: number): Float32Array => positions.subarray(3 * node, 3 * node + 3);
  return Array.from(whole.receivers, (i, edge): [number, number] => [i, whole.senders[edge]]).filter(([i, j]) => {
    const [a, b] = [at(i), at(j)];
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2 < cutoff ** 2;
  });
}

describe('the graphs of systems', () => {
  it.each([0.05, 0.7, 2, 100])('within %f are those of all pairs that are as near', (cutoff) => {
    const graph = systemGraph(sizes, positions, { cutoff });
    const expected = pairsWithin(cutoff);
    expect(Array.from(graph.receivers, (i, edge) => [i, graph.senders[edge]])).toEqual(expected);
    expect(graph).toMatchObject({ nodes: 164, graphs: 4 });
    if (cutoff === 100) expect(graph).toEqual(completeGraphs(sizes));
    if (cutoff === 0.7) expect(expected.length).toBeGreaterThan(10);
  });

  it('without a cutoff are complete', () => {
    expect(systemGraph(sizes, positions)).toEqual(completeGraphs(sizes));
  });

  it.each([{ cutoff: 0.7 }, {}])(
    'hold each pair once where that is asked for, and the numbers of pairs with it',
    (rule) => {
      const both = systemGraph(sizes, positions, rule);
      const once = systemGraph(sizes, positions, { ...rule, once: true });
      const edgesOf = ({ receivers, senders }: Graph): string[] =>
        Array.from(receivers, (i, e) => `${i} ${senders[e]}`);
      const turned = Array.from(once.senders, (i, e) => `${i} ${once.receivers[e]}`);
      expect([...edgesOf(once), ...turned].sort()).toEqual(edgesOf(both).sort());

      const whole = completeGraphs(sizes);
      const numbers = Float32Array.from(whole.receivers, (i, e) => 1000 * i + whole.senders[e]);
      const taken = takePairs(numbers, pairsOfGraph(once, sizes, { ...rule, once: true }));
      expect(taken).toEqual(Float32Array.from(once.receivers, (i, e) => 1000 * i + once.senders[e]));
    },
  );

  it('are those that a network sees when it predicts and when it learns', async () => {
    const model = createModel({ model: 'egnn_vel', hidden: 8, layers: 2, cutoff: 0.5 });
    const weights = livelyWeights(model, 1);
    const predictor = await openPredictor(await openRuntime(), model, weights);
    // Two bodies that are farther apart than the cutoff move as if each were alone.
    const [near, far] = await Promise.all(
      [0.4, 0.6].map((distance) =>
        predictor.predict({
          sizes: [2],
          positions: Float32Array.of(0, 0, 0, distance, 0, 0),
          velocities: new Float32Array(6),
          charges: Float32Array.of(1, 1),
        }),
      ),
    );
    await predictor.close();
    expect(far.positions).toEqual(Float32Array.of(0, 0, 0, 0.6, 0, 0));
    expect(near.positions).not.toEqual(Float32Array.of(0, 0, 0, 0.4, 0, 0));

    const systems = randomSystems(Rng.fromSeed(3), [6, 6]);
    const pairs = { count: 2, bodies: 6, ...systems, targets: systems.positions };
    const source = openExamples({ sets: { train: windowsOfPairs(pairs) }, fields: {}, graph: { cutoff: 1 } });
    const { feeds, sizes: axes } = source.collate('train', Int32Array.of(1, 0), 0);
    const expected = systemGraph([6, 6], Float32Array.from(feeds.positions, Number), { cutoff: 1 });
    expect(feeds.senders).toEqual(expected.senders);
    expect(axes.edges).toBe(expected.senders.length);
    expect(axes.edges).toBeLessThan(60);
  });
});

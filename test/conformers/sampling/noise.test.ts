import { describe, expect, test } from 'vitest';
import { recentre } from '../../../src/conformers/sampling/centre.js';
import { noiseLevels } from '../../../src/conformers/sampling/noise-levels.js';
import { noiseOfStreams, recordedNoise } from '../../../src/conformers/sampling/noise-source.js';
import { Rng } from '../../../src/random/generator.js';
import { expectClose } from '../../support/close.js';

describe('noise levels', () => {
  test('fall by one factor, from the largest to the smallest', () => {
    expectClose(noiseLevels({ count: 4, largest: 8, smallest: 1 }), [8, 4, 2, 1], 1e-12);
    const published = noiseLevels();
    expect([published.length, published[0], published[49]]).toEqual([50, 10, 0.01]);
    expect(noiseLevels({ count: 1, largest: 3 })).toEqual([3]);
  });

  test.each([
    [{ count: 0 }, 'the number of noise levels must be a whole number of at least 1, not 0'],
    [{ largest: -1 }, 'the largest noise level must be a number above 0'],
    [{ smallest: Number.NaN }, 'the smallest noise level must be a number above 0'],
    [{ largest: 1, smallest: 2 }, 'the smallest noise level (2) is above the largest (1)'],
  ])('%o is refused', (options, message) => {
    expect(() => noiseLevels(options)).toThrow(message);
  });
});

const graph = { graphs: 2, graphOfNode: Int32Array.of(0, 0, 1) };

describe('noise', () => {
  test('of a molecule comes from its own stream alone', () => {
    const [first, second] = [Rng.fromSeed(1).fork(0), Rng.fromSeed(1).fork(1)];
    const noise = noiseOfStreams(graph, [first.clone(), second.clone()]);
    const alone = noiseOfStreams({ graphs: 1, graphOfNode: Int32Array.of(0) }, [second.clone()]);
    for (let step = 0; step < 3; step++) {
      const [all, one] = [new Float32Array(9), new Float32Array(3)];
      noise(all);
      alone(one);
      expect(all.slice(6)).toEqual(one);
    }
  });

  test('needs as many streams as there are molecules', () => {
    expect(() => noiseOfStreams(graph, [Rng.fromSeed(1)])).toThrow('1 streams of noise given for 2 molecules');
  });

  test('that was recorded comes back in order, and ends', () => {
    const noise = recordedNoise([Float32Array.of(1, 2), Float32Array.of(3, 4)]);
    const into = new Float32Array(2);
    noise(into);
    noise(into);
    expect(into).toEqual(Float32Array.of(3, 4));
    expect(() => noise(into)).toThrow('noise 3 has no values, expected 2');
  });
});

test('recentring moves the mean of every molecule to the origin', () => {
  const positions = Float32Array.of(1, 2, 3, 3, 2, 1, 5, 6, 7);
  recentre(positions, graph);
  expect(positions).toEqual(Float32Array.of(-1, 0, 1, 1, 0, -1, 0, 0, 0));
});

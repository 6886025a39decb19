import { describe, expect, it } from 'vitest';
import { ScoreNetwork } from '../../../src/conformers/networks/score-network.js';
import { openScorer } from '../../../src/conformers/networks/scorer.js';
import { annealedLangevin } from '../../../src/conformers/sampling/langevin.js';
import { noiseLevels } from '../../../src/conformers/sampling/noise-levels.js';
import { recordedNoise } from '../../../src/conformers/sampling/noise-source.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { expectClose } from '../../support/close.js';
import { readScoreFixture, scoreFixtureFiles } from '../../support/score-fixtures.js';

/** The numbers come from the published PyTorch code, run in float32. */
describe.each(scoreFixtureFiles())('%s', (file) => {
  const { network: options, parameters, molecules, levels, langevin } = readScoreFixture(file);

  it('has the noise levels of noiseLevels()', () => {
    expectClose(levels, noiseLevels({ count: levels.length }), 2e-6);
  });

  it('ends at the same positions after the same noise', async () => {
    const network = new ScoreNetwork(options);
    const weights = new Map([...parameters].map(([name, { data }]) => [name, data]));
    const scorer = await openScorer(await openRuntime(), network, weights);
    const { start, final, noise, stepSize, longestScore } = langevin;
    const positions = await annealedLangevin(scorer.of(molecules), molecules, {
      start,
      levels: langevin.levels,
      stepsPerLevel: noise.length / langevin.levels.length,
      stepSize,
      stepSizeAt: levels[levels.length - 1],
      longestScore,
      noise: recordedNoise(noise),
      recentre: false,
    });
    await scorer.close();
    expect(start.some((value, k) => Math.abs(value - final[k]) > 0.1)).toBe(true);
    expectClose(positions, final, 1e-5);
  });
});

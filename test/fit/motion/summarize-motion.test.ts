import { describe, expect, it } from 'vitest';
import type { MotionMoment } from '../../../src/fit/motion/motion.js';
import { summarizeMotion } from '../../../src/fit/motion/summarize-motion.js';

const moment = (step: number, total: number, heat = 0): MotionMoment => ({
  step,
  time: step * 2,
  potential: total - 1,
  kinetic: 1,
  total,
  heat,
  temperature: 300 + step,
});

describe('the summary of a simulation', () => {
  it('says how the energy drifts, apart from what a thermostat does', () => {
    // 4 atoms gain .2 in 1 ps, and swing by .04 about it.
    const moments = [0, 250, 500, 750, 1000].map((step, k) =>
      moment(step, 5 + step / 2500 + (k % 2 ? 0.04 : 0) + k, k),
    );
    const summary = summarizeMotion(moments, { atoms: 4, lostAtoms: 0 });
    expect(summary).toMatchObject({ atoms: 4, steps: 1000, time: 2, samples: 5, lostAtoms: 0 });
    expect(summary.drift).toBeCloseTo(0.05, 12);
    expect(summary.change).toBeCloseTo(0.1, 12);
    expect(summary.fluctuation).toBeCloseTo(0.01 * Math.sqrt(0.4 * 0.6), 12);
    expect(summary.temperature).toMatchObject({ mean: 800, min: 300, max: 1300 });
    expect(summary.kinetic).toMatchObject({ mean: 1, deviation: 0 });
  });

  it('says nothing that one moment does not show', () => {
    expect(summarizeMotion([moment(7, 3)], { atoms: 4 })).toMatchObject({
      steps: 7,
      time: 0,
      drift: null,
      fluctuation: null,
      change: null,
      lostAtoms: null,
    });
    expect(summarizeMotion([], { atoms: 4 })).toMatchObject({ steps: 0, samples: 0, temperature: null, drift: null });
  });
});

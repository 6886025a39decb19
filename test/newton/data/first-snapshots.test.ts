import { describe, expect, it } from 'vitest';
import { snapshotDifferences } from '../../../src/newton/simulation/divergence.js';
import { integrate } from '../../../src/newton/system/integrate.js';
import { snapshotCount } from '../../../src/newton/system/system.js';
import { OWN_FIXTURES } from '../../support/fixtures.js';
import { publishedTrajectories } from '../../support/trajectories.js';

// Rounding in the published order keeps all of these within 1e-9, those included in which bodies nearly collide.
describe.each(['charged5', 'static5', 'dynamic5', 'charged20', 'static20', 'dynamic20'])(
  'the first ten snapshots of %s',
  (name) => {
    it.each(publishedTrajectories(`${OWN_FIXTURES}/trajectories`, `${name}.safetensors`))('$name', (published) => {
      const ours = integrate(published.simulation, published.initial);
      const errors = snapshotDifferences(ours, published, snapshotCount(published.simulation));
      expect(Math.max(...errors.subarray(0, 10))).toBeLessThan(1e-9);
    });
  },
);

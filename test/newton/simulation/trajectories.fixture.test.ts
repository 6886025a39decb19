import { describe, expect, it } from 'vitest';
import { divergence, predictableSnapshots, snapshotDifferences } from '../../../src/newton/simulation/divergence.js';
import { integrate } from '../../../src/newton/system/integrate.js';
import { snapshotCount } from '../../../src/newton/system/system.js';
import { FIXTURES, fixtureNames } from '../../support/fixtures.js';
import { publishedTrajectories } from '../../support/trajectories.js';

const folder = `${FIXTURES}/trajectories`;

describe.each(fixtureNames('trajectories', '.safetensors'))('published trajectories %s', (file) => {
  const trajectories = publishedTrajectories(folder, file);

  it.each(trajectories)('$name: the same charges and edges', ({ initial, charges, edges }) => {
    expect(initial.charges).toEqual(charges);
    expect(initial.edges).toEqual(edges);
  });

  it.each(trajectories)('$name: the same snapshots until chaos sets in', (published) => {
    const { simulation, initial } = published;
    const snapshots = snapshotCount(simulation);
    const errors = snapshotDifferences(integrate(simulation, initial), published, snapshots);
    const apart = divergence(simulation, initial);
    const early = Math.min(10, predictableSnapshots(apart, 1e-9));
    expect(Math.max(0, ...errors.subarray(0, early))).toBeLessThan(1e-9);
    expect(Math.max(0, ...errors.subarray(0, predictableSnapshots(apart, 1e-6)))).toBeLessThan(1e-6);
  });

  it('is predictable for the most part, so that the test above means something', () => {
    const predictable = trajectories.map(({ simulation, initial }) =>
      predictableSnapshots(divergence(simulation, initial), 1e-6),
    );
    const total = predictable.reduce((sum, snapshots) => sum + snapshots, 0);
    expect(total / trajectories.length).toBeGreaterThan(10);
  });
});

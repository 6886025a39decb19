import { describe, expect, it } from 'vitest';
import { snapshotPairs } from '../../../src/newton/data/snapshots.js';
import { emptySet } from '../../../src/newton/data/trajectory-set.js';
import { type WindowChoice, type Windows, windowsOf } from '../../../src/newton/data/windows.js';

/** Trajectories in which every number says where it stands: trajectory, snapshot, axis, body. */
const set = emptySet(3, 12, 4);
for (const [t, s, axis, body] of places()) {
  const at = ((t * 12 + s) * 3 + axis) * 4 + body;
  set.loc[at] = 1000 * t + 10 * s + axis + body / 8;
  set.vel[at] = -set.loc[at];
  set.charges[t * 4 + body] = t + body / 8;
}
function* places(): Generator<[number, number, number, number]> {
  for (let t = 0; t < 3; t++)
    for (let s = 0; s < 12; s++)
      for (let axis = 0; axis < 3; axis++) for (let body = 0; body < 4; body++) yield [t, s, axis, body];
}

/** Trajectory and snapshot that the rows of a window belong to, so many steps behind its input. */
function origin({ positions, velocities, charges, first, bodies, gap }: Windows, window: number, step: number) {
  const row = first[window] + step * gap * bodies[window];
  const [trajectory, snapshot] = [Math.floor(charges[row]), Math.floor((positions[3 * row] % 1000) / 10)];
  for (let body = 0; body < 4; body++) {
    for (let axis = 0; axis < 3; axis++) {
      const expected = 1000 * trajectory + 10 * snapshot + axis + body / 8;
      expect(positions[3 * (row + body) + axis]).toBe(expected);
      expect(velocities[3 * (row + body) + axis]).toBe(-expected);
    }
    expect(charges[row + body]).toBe(trajectory + body / 8);
  }
  return { trajectory, snapshot };
}

const inputsOf = (choice: WindowChoice): number[] => {
  const windows = windowsOf(set, { ...choice, count: 1 });
  return Array.from(windows.first, (_, k) => origin(windows, k, 0).snapshot);
};

describe('windows of trajectories', () => {
  it('are the chosen pair alone, unless more are wanted', () => {
    const choice = { input: 5, target: 8, count: 2 };
    const windows = windowsOf(set, choice);
    const pairs = snapshotPairs(set, choice);
    expect(windows.positions).toHaveLength(2 * 2 * 4 * 3);
    expect([...windows.bodies]).toEqual([4, 4]);
    for (const window of [0, 1]) {
      expect(origin(windows, window, 0)).toEqual({ trajectory: window, snapshot: 5 });
      expect(origin(windows, window, 1)).toEqual({ trajectory: window, snapshot: 8 });
      const rows = windows.positions.subarray(3 * windows.first[window], 3 * (windows.first[window] + 4));
      expect(rows).toEqual(pairs.positions.subarray(12 * window, 12 * (window + 1)));
    }
  });

  it('are all pairs as far apart, of all trajectories', () => {
    const windows = windowsOf(set, { input: 5, target: 8, windows: 'all' });
    expect(windows.first).toHaveLength(3 * 9);
    for (let k = 0; k < 27; k++) {
      const [trajectory, snapshot] = [Math.floor(k / 9), k % 9];
      expect(origin(windows, k, 0)).toEqual({ trajectory, snapshot });
      expect(origin(windows, k, 1)).toEqual({ trajectory, snapshot: snapshot + 3 });
    }
  });

  it.each([
    [2, [0, 5]],
    [3, [0, 5, 8]],
    [4, [0, 3, 5, 8]],
    [9, [0, 1, 2, 3, 4, 5, 6, 7, 8]],
  ])('are %i, spread evenly, with the chosen one among them', (windows, inputs) => {
    expect(inputsOf({ input: 5, target: 8, windows })).toEqual(inputs);
  });

  it('leave room for more steps', () => {
    expect(inputsOf({ input: 2, target: 5, steps: 3, windows: 'all' })).toEqual([0, 1, 2]);
    const windows = windowsOf(set, { input: 2, target: 5, steps: 3 });
    expect([0, 1, 2, 3].map((step) => origin(windows, 2, step).snapshot)).toEqual([2, 5, 8, 11]);
    expect(() => windowsOf(set, { input: 3, target: 6, steps: 3 })).toThrow(
      'data.steps needs snapshot 12 for the last step: trajectories have snapshots 0 to 11; give data.windows all, or lower',
    );
    expect(inputsOf({ input: 3, target: 6, steps: 3, windows: 2 })).toEqual([0, 2]);
    const only = windowsOf(set, { input: 5, target: 6, steps: 11, windows: 'all' });
    expect([0, 1, 11].map((step) => origin(only, 2, step))).toEqual(
      [0, 1, 11].map((snapshot) => ({ trajectory: 2, snapshot })),
    );
    expect(() => windowsOf(set, { input: 3, target: 6, steps: 4, windows: 'all' })).toThrow(
      'data.steps needs snapshot 12 for the last step: trajectories have snapshots 0 to 11; lower data.steps',
    );
  });

  it('are no more than there are', () => {
    expect(() => windowsOf(set, { input: 5, target: 8, windows: 10 })).toThrow(
      'data.windows asks for 10 windows of each trajectory, there are 9; give data.windows all',
    );
  });
});

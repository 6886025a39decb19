import type { Objective } from '../../../src/common/minimize.js';

/**
 * The largest difference of a gradient from what the values say (central differences), relative to the largest
 * component where that is above 1.
 */
export function slopeError(objective: Objective, x: Float64Array, step = 1e-5): number {
  const gradient = new Float64Array(x.length);
  const scratch = new Float64Array(x.length);
  objective(x, gradient);
  const scale = gradient.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  const errors = gradient.map((value, k) => {
    const [up, down] = [x.with(k, x[k] + step), x.with(k, x[k] - step)];
    return Math.abs((objective(up, scratch) - objective(down, scratch)) / (2 * step) - value) / scale;
  });
  return Math.max(...errors);
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { descend, minimize, type Objective } from '../../src/common/minimize.js';

const OPTIONS = { maxIterations: 500, tolerance: 1e-8, maxStep: 1 };

/** (1 − x)² + 100 (y − x²)²: a curved valley with its minimum, 0, at (1, 1). */
const rosenbrock: Objective = ([x, y], gradient) => {
  gradient[0] = 2 * (x - 1) - 400 * x * (y - x * x);
  gradient[1] = 200 * (y - x * x);
  return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
};

describe('minimisation', () => {
  it('follows a curved valley to its end', () => {
    const x = Float64Array.of(-1.2, 1);
    const { value, converged, iterations } = minimize(rosenbrock, x, OPTIONS);
    expect(converged).toBe(true);
    expect(value).toBeLessThan(1e-14);
    expect(Math.hypot(x[0] - 1, x[1] - 1)).toBeLessThan(1e-6);
    expect(iterations).toBeLessThan(200);
  });

  it('finds the minimum of any bowl, from anywhere', () => {
    const numbers = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(numbers, numbers, (start, centre) => {
        const bowl: Objective = (x, gradient) => {
          gradient.set(x.map((value, k) => 2 * 10 ** (k - 2) * (value - centre[k])));
          return x.reduce((sum, value, k) => sum + 10 ** (k - 2) * (value - centre[k]) ** 2, 0);
        };
        const x = Float64Array.from(start);
        expect(minimize(bowl, x, { ...OPTIONS, tolerance: 1e-6 }).converged).toBe(true);
        expect(Math.max(...x.map((value, k) => Math.abs(value - centre[k])))).toBeLessThan(1e-3);
      }),
    );
  });

  it('takes no more steps than it may, and none longer', () => {
    const x = Float64Array.of(100, 0);
    const slope: Objective = (at, gradient) => {
      gradient.set([1, 0]);
      return at[0];
    };
    expect(minimize(slope, x, { maxIterations: 7, tolerance: 1e-8, maxStep: 0.5 })).toMatchObject({
      iterations: 7,
      converged: false,
    });
    expect(x[0]).toBeCloseTo(100 - 7 * 0.5, 10);
  });

  it('stays where it is at a minimum, and where there is no number to go to', () => {
    const x = Float64Array.of(1, 1);
    expect(minimize(rosenbrock, x, OPTIONS)).toEqual({ value: 0, iterations: 0, converged: true });
    const cliff: Objective = (at, gradient) => {
      gradient.set([1, 0]);
      return at[0] < 1 ? Number.NaN : at[0];
    };
    expect(minimize(cliff, x, OPTIONS).converged).toBe(false);
    expect(Array.from(x)).toEqual([1, 1]);
  });
});

describe('a descent on rounded values', () => {
  /** A bowl far from 0 whose values err by a rounding of float32, with exact gradients. */
  const rounded: Objective = ([x, y], gradient) => {
    gradient.set([2 * x, 20 * y]);
    return 4000 + x * x + 10 * y * y + 2e-4 * Math.sin(1e5 * (x + 3 * y));
  };
  const flat = (tolerance: number) => (gradient: Float64Array) => Math.hypot(...gradient) < tolerance;

  function run(rounding: number | undefined) {
    const x = Float64Array.of(0.7, 0.3);
    const descent = descend(x, { maxIterations: 100, maxStep: 0.2, isFlat: flat(1e-6), rounding });
    let next = descent.next();
    while (!next.done) next = descent.next(rounded(next.value.x, next.value.gradient));
    return { ...next.value, x };
  }

  it('goes to the end by the gradients, where values by themselves lead astray', () => {
    const { converged, x } = run(2 ** -22);
    expect(converged).toBe(true);
    expect(Math.hypot(...x)).toBeLessThan(1e-6);
    expect(run(undefined).converged).toBe(false);
  });
});

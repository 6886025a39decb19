import { describe, expect, test } from 'vitest';
import { applyRotation, randomRotation, reflection, rotationOf } from '../../src/geometry/index.js';
import { Rng } from '../../src/random/generator.js';
import { expectClose } from '../support/numeric.js';

test('a quaternion turns by its angle about its axis', () => {
  const [angle, length] = [0.7, 3];
  const aboutZ = rotationOf([length * Math.cos(angle / 2), 0, 0, length * Math.sin(angle / 2)]);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  expectClose([...aboutZ], [c, -s, 0, s, c, 0, 0, 0, 1], 1e-15);
  expectClose([...applyRotation(aboutZ, Float64Array.from([1, 0, 5, 0, 2, 0]))], [c, s, 5, -2 * s, 2 * c, 0], 1e-15);
});

describe('random rotations', () => {
  const rng = Rng.fromSeed(2);
  const list = Array.from({ length: 20_000 }, () => randomRotation(rng));
  const average = (of: (m: Float64Array) => number): number => list.reduce((sum, m) => sum + of(m), 0) / list.length;

  test('keep lengths, angles and handedness', () => {
    for (const m of list.slice(0, 50)) {
      const [x, y, z] = [0, 1, 2].map((k) => [m[k], m[3 + k], m[6 + k]]);
      const cross = [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]];
      expectClose(cross, z, 1e-12);
      for (const axis of [x, y, z]) expect(Math.hypot(...axis)).toBeCloseTo(1, 12);
    }
  });

  test('are uniform: no direction is preferred, and the trace has the moments 0, 1 and 1', () => {
    for (let k = 0; k < 9; k++) {
      expect(Math.abs(average((m) => m[k]))).toBeLessThan(0.02);
      expect(average((m) => m[k] ** 2)).toBeCloseTo(1 / 3, 1.7);
    }
    const trace = (m: Float64Array): number => m[0] + m[4] + m[8];
    expect(Math.abs(average(trace))).toBeLessThan(0.03);
    expect(Math.abs(average((m) => trace(m) ** 2) - 1)).toBeLessThan(0.05);
    expect(Math.abs(average((m) => trace(m) ** 3) - 1)).toBeLessThan(0.15);
  });
});

test('a reflection turns one coordinate around, in the type that it was given', () => {
  const mirrored = applyRotation(reflection(1), Float32Array.from([1, 2, 3]));
  expect(mirrored).toEqual(Float32Array.from([1, -2, 3]));
  expect(applyRotation(reflection(), Float64Array.from([1, 2, 3]))).toEqual(Float64Array.from([-1, 2, 3]));
});

import type { Rng } from '../../random/generator.js';
import type { Rotor, TorsionPreference } from './torsion-preferences.js';

/** An angle in radians, drawn from a preference. */
export function drawTorsion({ peaks, spread }: TorsionPreference, rng: Rng): number {
  if (spread === Infinity) return 2 * Math.PI * rng.uniform();
  const at = rng.uniform();
  let passed = 0;
  const peak = peaks.find(({ weight }) => {
    passed += weight;
    return at < passed;
  });
  return (((peak ?? peaks[peaks.length - 1]).degrees + spread * rng.normal()) * Math.PI) / 180;
}

/** The torsion of four atoms in positions [atoms, 3], in radians. */
export function torsionAngle(x: Float64Array, [i, j, k, l]: readonly number[]): number {
  const [f, g, h] = [difference(x, j, i), difference(x, k, j), difference(x, l, k)];
  const [a, b] = [cross(f, g), cross(g, h)];
  return Math.atan2(Math.hypot(...g) * dot(f, b), dot(a, b));
}

/** Turns one end of a bond, in place, until its torsion is the given angle in radians. */
export function setTorsion(x: Float64Array, { path, turning }: Rotor, angle: number): void {
  const [, j, k] = path;
  const axis = difference(x, k, j);
  const length = Math.hypot(...axis);
  const [ux, uy, uz] = axis.map((value) => value / length);
  const by = angle - torsionAngle(x, path);
  const [cosine, sine] = [Math.cos(by), Math.sin(by)];
  for (const atom of turning) {
    const [px, py, pz] = difference(x, atom, k);
    const along = (ux * px + uy * py + uz * pz) * (1 - cosine);
    x[3 * atom] = x[3 * k] + px * cosine + (uy * pz - uz * py) * sine + ux * along;
    x[3 * atom + 1] = x[3 * k + 1] + py * cosine + (uz * px - ux * pz) * sine + uy * along;
    x[3 * atom + 2] = x[3 * k + 2] + pz * cosine + (ux * py - uy * px) * sine + uz * along;
  }
}

const difference = (x: Float64Array, i: number, j: number): number[] => [
  x[3 * i] - x[3 * j],
  x[3 * i + 1] - x[3 * j + 1],
  x[3 * i + 2] - x[3 * j + 2],
];

const cross = (a: readonly number[], b: readonly number[]): number[] => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

const dot = (a: readonly number[], b: readonly number[]): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

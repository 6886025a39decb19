import { describe, expect, it, test } from 'vitest';
import { encoderNames } from '../../../src/networks/encoders.js';
import { fitConfig, openFitted } from './support/fitted.js';

type Along = (t: number) => number[] | Promise<number[]>;

/**
 * The largest second difference of a function around 0, f(t + h) − 2 f(t) + f(t − h) with |t| < h: it falls with h² where
 * slopes change steadily, with h where they jump, and not at all where the function jumps.
 */
async function bend(along: Along, h: number): Promise<number> {
  const found: number[] = [];
  for (const offset of [-0.75, -0.4, 0, 0.3, 0.8]) {
    const [before, here, after] = [
      await along((offset - 1) * h),
      await along(offset * h),
      await along((offset + 1) * h),
    ];
    found.push(Math.hypot(...here.map((x, k) => before[k] - 2 * x + after[k])));
  }
  return Math.max(...found);
}

const STEP = 0.04;

/** By what the second difference falls when steps become a quarter: 1/16 for smooth functions, 1/4 at a corner, 1 at a jump. */
async function fall(along: Along, noise = 0): Promise<number> {
  const [wide, narrow] = [await bend(along, STEP), await bend(along, STEP / 4)];
  return Math.max(0, narrow - noise) / wide;
}

test('what is looked for would be found', async () => {
  expect(await fall((t) => [t ** 2 + t ** 3])).toBeCloseTo(1 / 16, 1);
  expect(await fall((t) => [t ** 2 + 0.3 * Math.abs(t)])).toBeGreaterThan(0.2);
  expect(await fall((t) => [t ** 2 + 0.01 * Math.sign(t)])).toBeGreaterThan(0.5);
});

const tetrahedron = [
  [1, 1, 1],
  [-1, -1, 1],
  [-1, 1, -1],
  [1, -1, -1],
].map((corner) => corner.map((x) => 0.63 * x));

/** Geometries that pass, at t = 0, through one in which frames lose axes, or neighbours come and go. */
const paths: Readonly<Record<string, { species: string[]; at(t: number): number[][] }>> = {
  'three atoms become collinear': {
    species: ['O', 'C', 'H'],
    at: (t) => [
      [-1.2, 0, 0],
      [0, 0, 0],
      [1.1, t, 0],
    ], // prettier-ignore
  },
  'two bonds of one direction come to lie on each other': {
    species: ['C', 'H', 'O', 'H'],
    at: (t) => [
      [0, 0, 0],
      [1, t, 0.5 * t],
      [2.2, 0, 0],
      [0, 1.1, 0.2],
    ], // prettier-ignore
  },
  'a linear molecule bends out of its line': {
    species: ['H', 'C', 'C', 'H'],
    at: (t) => [
      [-1.66, t, 0],
      [-0.6, 0, 0],
      [0.6, 0, 0],
      [1.66, 0, -2 * t],
    ], // prettier-ignore
  },
  'an atom passes the centre of its neighbours': {
    species: ['C', 'H', 'H', 'H', 'H'],
    at: (t) => [[t, 0.4 * t, -0.2 * t], ...tetrahedron],
  },
  'an atom passes between two alike, on their line': {
    species: ['O', 'H', 'H'],
    at: (t) => [
      [t, 0, 0],
      [-1, 0, 0],
      [1, 0, 0],
    ], // prettier-ignore
  },
  'a pyramid turns inside out': {
    species: ['O', 'H', 'H', 'H'],
    at: (t) => [
      [0, 0, t],
      [0.9, 0, 0],
      [-0.45, 0.78, 0],
      [-0.45, -0.78, 0],
    ], // prettier-ignore
  },
  'a four-atom chain becomes planar': {
    species: ['H', 'O', 'O', 'H'],
    at: (t) => [
      [-0.9, 0.8, t],
      [-0.7, 0, 0],
      [0.7, 0, 0],
      [0.9, 0.8, -t],
    ], // prettier-ignore
  },
  'an atom leaves the cutoff': {
    species: ['C', 'H', 'O', 'H'],
    at: (t) => [
      [0, 0, 0],
      [1, 0.3, 0],
      [3 + t, 0, 0],
      [3.9, 0.5, 0.2],
    ], // prettier-ignore
  },
};

const cases = encoderNames.flatMap((name) => (['even', 'any'] as const).map((parity) => ({ name, parity })));

describe.each(cases)('$name, parity $parity', ({ name, parity }) => {
  it.each(Object.entries(paths))('has no jump in energies, forces or their slopes where %s', async (_, path) => {
    const { predictor, predict } = await openFitted(fitConfig(name, { cutoff: 3, basis: 6, parity }));
    const near = await predict({ species: path.species, positions: path.at(0.3).flat() });
    const scale = Math.max(...near.forces.map(Math.abs));
    const along =
      (what: 'energy' | 'forces'): Along =>
      async (t) => [...(await predict({ species: path.species, positions: path.at(t).flat() }))[what]];
    // Float32 rounds: second differences below say nothing.
    const noise = { energy: 4e-6 * Math.max(scale, Math.abs(near.energy[0])), forces: 1e-5 * scale };
    expect(await fall(along('energy'), noise.energy)).toBeLessThan(0.14);
    expect(await fall(along('forces'), noise.forces)).toBeLessThan(0.14);
    expect(await bend(along('forces'), STEP)).toBeGreaterThan(5 * noise.forces);
    await predictor.close();
  });
});

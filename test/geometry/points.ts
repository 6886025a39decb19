import { Rng } from '../../src/random/generator.js';
import { add, gradient, type Input, input, mul, sum, type Tensor } from '../../src/tensor/index.js';
import { runTensors } from '../support/numeric.js';
import { evaluate } from '../support/reference.js';

export type Point = readonly [number, number, number];
export type Pair = readonly [Point, Point];

/** Pairs of positions relative to a centre for which one axis of a frame or more does not exist. */
export const degeneratePairs: Readonly<Record<string, Pair>> = {
  'both at the centre': [
    [0, 0, 0],
    [0, 0, 0],
  ],
  coincident: [
    [0.3, -1.2, 0.8],
    [0.3, -1.2, 0.8],
  ],
  'the first at the centre': [
    [0, 0, 0],
    [0.7, 0.2, -1],
  ],
  'the second at the centre': [
    [0.7, 0.2, -1],
    [0, 0, 0],
  ],
  'opposite, as in a system of two': [
    [0.6, -0.3, 0.9],
    [-0.6, 0.3, -0.9],
  ],
  'in line with the centre, the same side': [
    [0.3, 0.1, -0.7],
    [0.9, 0.3, -2.1],
  ],
  'on one axis': [
    [2, 0, 0],
    [-1, 0, 0],
  ],
  'closer than float32 resolves': [
    [1e-25, 0, 0],
    [0, 1e-25, 0],
  ],
  'closer than the degenerate length': [
    [1, 2, 3],
    [1.0001, 2, 3],
  ],
  'nearly in line': [
    [1, 0, 0],
    [-1, 1e-5, 0],
  ],
};

/** Points far from degeneracy: random pairs, [x, y, z] of all first ones and all second ones. */
export function randomPairs(count: number, seed = 5): Pair[] {
  const rng = Rng.fromSeed(seed);
  const point = (): Point => [rng.normal(), rng.normal(), rng.normal()];
  return Array.from({ length: count }, () => [point(), point()] as const);
}

/** Points as a program takes them: all x, all y, all z, rounded to float32. */
export const columns = (points: readonly Point[]): number[] =>
  [0, 1, 2].flatMap((axis) => points.map((point) => Math.fround(point[axis])));

export const xi = input('xi', [3, 'n']);
export const xj = input('xj', [3, 'n']);

/** The data of a program on pairs. */
export const pairData = (pairs: readonly Pair[]): Record<string, number[]> => ({
  xi: columns(pairs.map(([i]) => i)),
  xj: columns(pairs.map(([, j]) => j)),
});

/** Column k of [3, n] values. */
export const column = (values: readonly number[], k: number): number[] => {
  const n = values.length / 3;
  return [values[k], values[n + k], values[2 * n + k]];
};

export const dotOf = (u: readonly number[], v: readonly number[]): number =>
  u.reduce((total, x, k) => total + x * v[k], 0);

export const crossOf = ([a, b, c]: readonly number[], [d, e, f]: readonly number[]): number[] => [
  b * f - c * e,
  c * d - a * f,
  a * e - b * d,
];

export const lengthOf = (v: readonly number[]): number => Math.hypot(...v);

/** Σ of the tensors' elements, each times a random number. */
export function weightedSum(tensors: readonly Tensor[], sizes: Readonly<Record<string, number>>) {
  const rng = Rng.fromSeed(91);
  const weights = tensors.map((tensor, k) => input(`weights${k}`, tensor.shape));
  const data = Object.fromEntries(
    weights.map(({ attributes: { name, shape } }) => {
      const length = shape.reduce<number>((product, dim) => product * (typeof dim === 'number' ? dim : sizes[dim]), 1);
      return [name, [...rng.fillNormal(new Float32Array(length))]];
    }),
  );
  const loss = addUp(tensors.map((tensor, k) => sum(mul(tensor, weights[k]))));
  return { loss, data };
}

const addUp = (scalars: readonly Tensor[]): Tensor => scalars.reduce((a, b) => add(a, b));

/** Runs tensors, their gradient and their second derivative in float32; all of it must be finite. */
export async function allNumbers(
  tensors: Readonly<Record<string, Tensor>>,
  inputs: readonly Input[],
  given: Record<string, number[]>,
  sizes: Record<string, number>,
): Promise<Record<string, number[]>> {
  const { loss, data } = weightedSum(Object.values(tensors), sizes);
  const slopes = gradient(loss, inputs);
  const curvature = gradient(addUp(slopes.map((slope) => sum(slope))), inputs);
  const named = (list: readonly Tensor[], what: string) => Object.fromEntries(list.map((x, k) => [`${what}${k}`, x]));
  return runTensors(
    { ...tensors, ...named(slopes, 'slope'), ...named(curvature, 'curvature') },
    { ...given, ...data },
    sizes,
  );
}

/**
 * The slope of a scalar along a random direction in one input, twice: from its gradient, and from central differences.
 * Both in float64.
 */
export function directionalSlopes(
  loss: Tensor,
  of: Input,
  data: Record<string, number[]>,
  sizes: Record<string, number>,
) {
  const { name } = of.attributes;
  const direction = [...Rng.fromSeed(77).fillNormal(new Float64Array(data[name].length))];
  const at = (step: number): number => {
    const moved = { ...data, [name]: data[name].map((value, k) => value + step * direction[k]) };
    return evaluate([loss], moved, sizes)[0].data[0];
  };
  const h = 1e-4;
  const numerical = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
  const [slope] = evaluate(gradient(loss, [of]), data, sizes);
  return { analytical: dotOf(slope.data, direction), numerical };
}

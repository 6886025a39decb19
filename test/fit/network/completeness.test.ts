import { describe, expect, it, test } from 'vitest';
import { FitNetwork, geometryInputs } from '../../../src/fit/network/fit-network.js';
import { encoderNames } from '../../../src/networks/encoders.js';
import { Rng } from '../../../src/random/generator.js';
import { livelyWeights } from '../../../src/testing/lively-weights.js';
import { evaluate } from '../../support/reference.js';
import { fitConfig, target } from './support/fitted.js';

type Point = readonly number[];
type Environment = readonly Point[];

/*
 * Two environments of an atom at the origin that are not congruent, and in which the same numbers of pairs (or triples)
 * of neighbours have the same distances from the centre and angles at it: Pozdnyakov, Willatt, Bartók, Ortner, Csányi and
 * Ceriotti, Phys. Rev. Lett. 125, 166001 (2020), figures 1b and 2f. The coordinates are our own, by their construction.
 */

/** Neighbours b and −b (seen from above) are alike to a; c goes to the other side of a's plane. Agree on pairs. */
const pairsAgree = ((): readonly [Environment, Environment] => {
  const height = 0.9;
  const shared: Environment = [
    [1.3, 0, height],
    [0.8, 1.1, height],
    [-0.8, -1.1, height],
  ];
  return [
    [...shared, [0, 1.5, height]],
    [...shared, [0, -1.5, height]],
  ];
})();

/** A triangle without symmetry above, the same turned about y below, and one atom on y: above or below. Agree on triples. */
const triplesAgree = ((): readonly [Environment, Environment] => {
  const [height, radius, turn] = [0.8, 1.3, 0.6];
  const triangle = [0, 1.2, 3.7];
  const ring = (y: number, by: number): Point[] =>
    triangle.map((angle) => [radius * Math.cos(angle + by), y, radius * Math.sin(angle + by)]);
  const rings = [...ring(height, 0), ...ring(-height, turn)];
  return [
    [...rings, [0, 1.7, 0]],
    [...rings, [0, -1.7, 0]],
  ];
})();

const dot = (a: Point, b: Point): number => a.reduce((sum, x, k) => sum + x * b[k], 0);

/** All orders of things. */
const permutations = <T>(list: readonly T[]): T[][] =>
  list.length === 0
    ? [[]]
    : list.flatMap((one, k) => permutations([...list.slice(0, k), ...list.slice(k + 1)]).map((rest) => [one, ...rest]));

const subsets = <T>(list: readonly T[], size: number): T[][] =>
  size === 0 ? [[]] : list.flatMap((one, k) => subsets(list.slice(k + 1), size - 1).map((rest) => [one, ...rest]));

/** Products of every two vectors: what tells points around a centre whole, but for motions and mirrors. */
const products = (points: Environment): number[] =>
  points.flatMap((a, k) => points.slice(0, k + 1).map((b) => dot(a, b)));

const ROUNDED = 1e-9;

function compare(a: readonly number[], b: readonly number[]): number {
  const k = a.findIndex((x, at) => Math.abs(x - b[at]) > ROUNDED);
  return k < 0 ? 0 : a[k] - b[k];
}

/** What every so many neighbours are to the centre and to each other, in an order of its own. */
const correlations = (environment: Environment, size: number): number[][] =>
  subsets(environment, size)
    .map((points) => permutations(points).map(products).sort(compare)[0])
    .sort(compare);

const agree = ([a, b]: readonly [Environment, Environment], size: number): boolean => {
  const [left, right] = [correlations(a, size), correlations(b, size)];
  return left.every((one, k) => compare(one, right[k]) === 0);
};

const areCongruent = ([a, b]: readonly [Environment, Environment]): boolean =>
  permutations(b).some((other) => compare(products(a), products(other)) === 0);

test.each([
  { name: 'pairs', pair: pairsAgree, size: 2 },
  { name: 'triples', pair: triplesAgree, size: 3 },
])('$name of neighbours are alike, and the whole is not', ({ pair, size }) => {
  for (let k = 1; k <= size; k++) expect(agree(pair, k)).toBe(true);
  expect(agree(pair, size + 1)).toBe(false);
  expect(areCongruent(pair)).toBe(false);
  expect(areCongruent([pair[0], pair[0].map(([x, y, z]) => [z, x, -y])])).toBe(true);
});

const SPECIES = ['H', 'C', 'O'];

/**
 * What a network with random weights says of the atom at the centre, which alone sees its neighbours, and is seen. In
 * double precision: a network that has not learned looks mostly at what is simple, and float32 would round the rest.
 */
function atCentre(model: string, layers: number, parity: string, environment: Environment): number {
  const charges = target('charges', { of: 'node', extensive: false });
  const network = new FitNetwork(fitConfig(model, { layers, parity }, { targets: [charges], species: SPECIES }));
  const weights = livelyWeights(network.parameters, Rng.fromSeed(1));
  const others = environment.map((_, k) => k + 1);
  const centre = environment.map(() => 0);
  const data = {
    ...Object.fromEntries([...weights].map(([name, values]) => [name, [...values]])),
    species: [0, ...centre],
    positions: [0, 0, 0, ...environment.flat()],
    shifts: new Array<number>(6 * others.length).fill(0),
    senders: [...others, ...centre],
    receivers: [...centre, ...others],
    graph_of_node: [0, ...centre],
    graph_sizes: [others.length + 1],
  };
  const sizes = { nodes: others.length + 1, edges: 2 * others.length, graphs: 1 };
  return evaluate([network.predict(geometryInputs([])).charges], data, sizes)[0].data[0];
}

/** How far a network tells two environments apart, and how far it does one from itself, turned, by rounding. */
function difference(model: string, layers: number, parity: string, [a, b]: readonly [Environment, Environment]) {
  const one = atCentre(model, layers, parity, a);
  const relative = (other: number): number => Math.abs(one - other) / Math.abs(one);
  const turn = a.toReversed().map(([x, y, z]) => [0.6 * x - 0.8 * y, 0.8 * x + 0.6 * y, z]);
  return {
    found: relative(atCentre(model, layers, parity, b)),
    noise: relative(atCentre(model, layers, parity, turn)),
  };
}

const cases = encoderNames.flatMap((name) => (['even', 'any'] as const).map((parity) => ({ name, parity })));

describe.each(cases)('$name, parity $parity', ({ name, parity }) => {
  it.each([
    { what: 'pairs', pair: pairsAgree },
    { what: 'triples', pair: triplesAgree },
  ])('tells environments apart whose $what of neighbours agree', ({ pair }) => {
    const { found, noise } = difference(name, 3, parity, pair);
    expect(noise).toBeLessThan(1e-13);
    expect(found).toBeGreaterThan(1e-8);
  });
});

test('one layer of sums over neighbours is not enough: the test sees what cannot be told', () => {
  for (const pair of [pairsAgree, triplesAgree]) {
    const { found, noise } = difference('lofnet', 1, 'even', pair);
    expect(found).toBeLessThan(1e-13);
    expect(noise).toBeLessThan(1e-13);
  }
});

import type { GeometricFunction, Sample } from '../networks/geometric-function.js';
import type { Quantities, Quantity } from '../networks/quantities.js';
import { takeRows } from './take-rows.js';

/** The numbers of the nodes of each graph. */
export function nodesOf({ sizes }: Pick<Sample, 'sizes'>): number[][] {
  let first = 0;
  return sizes.map((size) => {
    const nodes = Array.from({ length: size }, (_, k) => first + k);
    first += size;
    return nodes;
  });
}

/** Graph k of a sample alone, or its first nodes only. */
export function graphAlone(sample: Sample, inputs: Quantities, k: number, most = Infinity): Sample {
  return takeRows(sample, inputs, { graphs: [k], nodes: nodesOf(sample)[k].slice(0, most) });
}

/** Graphs of different sizes: one, two, none, one, … nodes fewer than each had. */
export function uneven(sample: Sample, inputs: Quantities): Sample {
  const nodes = nodesOf(sample).flatMap((own, k) => own.slice(0, Math.max(1, own.length - ((k + 1) % 3))));
  return takeRows(sample, inputs, { graphs: sample.sizes.map((_, k) => k), nodes });
}

/** Changes the arrays of some kind. */
export function changed(
  { sizes, arrays }: Sample,
  inputs: Quantities,
  kind: Quantity['kind'],
  change: (value: number, at: number) => number,
): Sample {
  const isOf = (name: string): boolean => name in inputs && inputs[name].kind === kind && inputs[name].at === 'nodes';
  const entries = Object.entries(arrays).map(([name, values]) => [
    name,
    isOf(name) && values instanceof Float32Array ? values.map(change) : values,
  ]);
  return { sizes, arrays: Object.fromEntries(entries) };
}

/** Samples on which frames lose axes, by what they are; as they are, and with all vectors of nodes zero. */
export function degenerateSamples(
  sample: Sample,
  { quantities }: Pick<GeometricFunction, 'quantities'>,
): Record<string, Sample> {
  const placed = (place: (node: number, axis: number) => number): Sample =>
    changed(sample, quantities, 'position', (_, k) => place(Math.floor(k / 3), k % 3));
  const line = [0.3, -0.5, 0.8];
  const samples = {
    'nodes in one point': placed((_, axis) => 1 + axis),
    'most nodes in one point': placed((node) => (node % 4 === 3 ? 2 : 1)),
    'nodes in a line, one of them at the centre': placed((node, axis) => ((node % 5) - 2) * line[axis]),
    'nodes in a plane': placed((node, axis) => (axis === 2 ? 0 : Math.sin(node + axis))),
    'nodes very near to each other': placed((node, axis) => 1 + 1e-6 * (node % 3) * axis),
    'nodes far away': placed((node, axis) => 1e4 * Math.sin(3 * node + axis)),
    'single nodes': graphAlone(sample, quantities, 0, 1),
    'pairs of nodes': graphAlone(sample, quantities, 0, 2),
  };
  const resting = Object.entries(samples).map(([name, one]) => [
    `${name}, at rest`,
    changed(one, quantities, 'vector', () => 0),
  ]);
  return { ...samples, ...Object.fromEntries(resting), 'all at rest': changed(sample, quantities, 'vector', () => 0) };
}

import { graphFeeds } from '../../graphs/index.js';
import { neighbourGraph } from '../../graphs/neighbours.js';
import type { GeometricFunction, Sample } from '../../networks/geometric-function.js';
import { graphQuantities, type Quantities, type Quantity } from '../../networks/quantities.js';
import type { Rng } from '../../random/generator.js';
import { type ResolvedInput, widthInMemory } from '../quantity.js';
import type { FitNetworkConfig, NetworkTarget } from './fit-config.js';
import { type FitNetwork, geometryInputs, inputName, withShifts } from './fit-network.js';

const words = { node: 'atom', graph: 'geometry', graphs: 'geometries', nodes: 'atoms' };

const kindOf = ({ order }: { readonly order: number }): Quantity['kind'] =>
  order === 0 ? 'scalar' : order === 1 ? 'vector' : 'tensor';

const rowsOf = ({ of }: { readonly of: 'graph' | 'node' }): string => (of === 'graph' ? 'graphs' : 'nodes');

const inputQuantity = (one: ResolvedInput): [string, Quantity] => [
  inputName(one.name),
  { kind: kindOf(one), at: rowsOf(one), meaning: one.name, unit: one.unit },
];

const targetQuantity = (target: NetworkTarget): [string, Quantity] => [
  target.name,
  {
    kind: kindOf(target),
    ...(target.order > 1 && { order: target.order, symmetric: widthInMemory(target) === 6 }),
    at: rowsOf(target),
    meaning: target.gradientOf === undefined ? target.name : `minus the gradient of ${target.gradientOf} by positions`,
    unit: target.unit,
  },
];

/** What goes into a network's programs, and comes out. */
const quantitiesOf = ({ inputs, targets, length, species }: FitNetworkConfig): Quantities => ({
  ...graphQuantities({ ...words, edges: 'an edge for every pair that is nearer than the cutoff, both ways' }),
  species: { kind: 'label', at: 'nodes', meaning: `number of the species: ${species.join(', ')}, from 0`, unit: '1' },
  positions: { kind: 'position', at: 'nodes', meaning: 'x, y, z of every atom', unit: length },
  shifts: {
    kind: 'vector',
    at: 'edges',
    meaning: 'what is added to the position of the sender: of a periodic image; else 0',
    unit: length,
  },
  cells: { kind: 'vector', at: 'graphs', meaning: 'vectors a, b, c along which a geometry repeats', unit: length },
  periodic: { kind: 'label', at: 'graphs', meaning: 'whether it repeats along a, b, c', unit: '1' },
  ...Object.fromEntries(inputs.map(inputQuantity)),
  ...Object.fromEntries(targets.map(targetQuantity)),
});

/** A network that was fitted, as a function of named arrays: with all shifts, in the units of its targets. */
export function fitFunction(network: FitNetwork): GeometricFunction {
  const { config, parameters } = network;
  const { encoder, targets } = config;
  const cutoff = Number(encoder.cutoff);
  const inputs = geometryInputs(config.inputs);
  const output = network.predict(inputs);
  const withAll = targets.map((target) => [target.name, withShifts(output[target.name], target, inputs)]);
  const quantities = quantitiesOf(config);
  return {
    name: config.model,
    parameters,
    output,
    exported: Object.fromEntries(withAll),
    quantities,
    words,
    axes: { nodes: 'atoms of all geometries', edges: 'pairs within the cutoff, both ways', graphs: 'geometries' },
    follows: { rotation: true, translation: true, reflection: encoder.parity !== 'any' },
    sample: (rng, { graphs, nodes }) => drawGeometries(rng, new Array<number>(graphs).fill(nodes), config),
    feeds({ sizes, arrays }) {
      const { cells, periodic, ...own } = arrays;
      const graph = neighbourGraph(sizes, arrays.positions as Float32Array, {
        cutoff,
        cells: Float64Array.from(cells, Number),
        periodic: Int32Array.from(periodic, Number),
      });
      return { ...own, shifts: graph.shifts ?? new Float32Array(0), ...graphFeeds(graph) };
    },
  };
}

/** Atoms at random places, none nearer to another than most bonds are long; every second geometry repeats in all directions. */
function drawGeometries(rng: Rng, sizes: readonly number[], { species, inputs }: FitNetworkConfig): Sample {
  const atoms = sizes.reduce((sum, size) => sum + size, 0);
  const rows = (one: ResolvedInput): number => (one.of === 'graph' ? sizes.length : atoms) * 3 ** one.order;
  const further = inputs.map((one) => [inputName(one.name), rng.fillNormal(new Float32Array(rows(one)))]);
  return {
    sizes,
    arrays: {
      positions: Float32Array.from(sizes.flatMap((size) => drawPlaces(rng, size))),
      species: Int32Array.from({ length: atoms }, () => Math.floor(rng.uniform() * species.length)),
      ...Object.fromEntries(further),
      cells: Float32Array.from(sizes.flatMap((size) => drawCell(rng, size))),
      periodic: Int32Array.from(sizes.flatMap((_, k) => new Array<number>(3).fill(k % 2))),
    },
  };
}

const NEAREST = 0.9;

/** Half the edge of the cube in which so many atoms lie. */
const halfOf = (size: number): number => Math.cbrt(size);

/** A skew cell around that cube, in which images of atoms are no nearer than atoms. */
function drawCell(rng: Rng, size: number): number[] {
  const edge = 2 * halfOf(size) + NEAREST;
  const skew = (): number => edge * (rng.uniform() - 0.5);
  return [edge, 0, 0, skew(), edge, 0, skew(), skew(), edge];
}

function drawPlaces(rng: Rng, size: number): number[] {
  const half = halfOf(size);
  const places: number[] = [];
  while (places.length < 3 * size) {
    const place = Array.from({ length: 3 }, () => half * (2 * rng.uniform() - 1));
    const isNear = (k: number): boolean =>
      Math.hypot(place[0] - places[k], place[1] - places[k + 1], place[2] - places[k + 2]) < NEAREST;
    let near = false;
    for (let k = 0; k < places.length; k += 3) near ||= isNear(k);
    if (!near) places.push(...place);
  }
  return places;
}

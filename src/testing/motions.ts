import { type Matrix3, randomRotation, transposed } from '../geometry/rotation.js';
import type { Sample } from '../networks/geometric-function.js';
import type { Quantities, Quantity } from '../networks/quantities.js';
import type { Rng } from '../random/generator.js';
import { takeRows, takeValues } from './take-rows.js';
import { type Determinant, turned } from './turn.js';

/** What can be done to graphs in space that a law of nature must follow. */
export const motionNames = ['rotation', 'translation', 'permutation', 'reflection'] as const;
/** The name of a motion that a network is tested under. */
export type MotionName = (typeof motionNames)[number];

/** A motion of inputs, and what it does to what a function makes of them. */
export interface Motion<S = Sample> {
  /** The input, moved. */
  input(sample: S): S;
  /** What becomes of the result. */
  output(values: Float32Array): Float32Array;
  /** Which graph of the input comes to each place, where the motion reorders them. */
  readonly graphs?: readonly number[];
}

/** What the arrays of a function are: those that go in, by name, and the one that comes out. */
export interface Signature {
  readonly inputs: Quantities;
  readonly output: Quantity;
}

/** A random motion of a function's input, and what it does to the output. */
export function randomMotion(name: MotionName, signature: Signature, sample: Sample, rng: Rng): Motion {
  if (name === 'rotation') return orthogonalMotion(signature, randomRotation(rng), 1);
  if (name === 'translation') return translation(signature, sample, rng);
  if (name === 'permutation') return permutation(signature, sample, rng);
  // In three dimensions the negative of a rotation is a mirror image, turned.
  const mirror = randomRotation(rng).map((x) => -x);
  return orthogonalMotion(signature, mirror, -1);
}

/** Moves every array by what it is. */
function motionOf(
  { inputs, output }: Signature,
  move: (values: Float32Array, quantity: Quantity) => Float32Array,
): Motion {
  return {
    input: ({ sizes, arrays }) => ({
      sizes,
      arrays: Object.fromEntries(
        Object.entries(arrays).map(([name, values]) => [
          name,
          values instanceof Float32Array && name in inputs ? move(values, inputs[name]) : values,
        ]),
      ),
    }),
    output: (values) => move(values, output),
  };
}

/**
 * Turns or mirrors all vectors and tensors.
 * @param determinant 1 for rotations, −1 for reflections
 */
export const orthogonalMotion = (signature: Signature, matrix: Matrix3, determinant: Determinant): Motion =>
  motionOf(signature, (values, quantity) => turned(values, quantity, matrix, determinant));

/**
 * Shifts every graph by a vector of its own, about as long as the graph is large. Longer ones would measure how float32
 * rounds positions, not what the network does: far from the origin the differences between positions, all that a
 * network may look at, have lost their last digits before it sees them.
 */
const translation = (signature: Signature, sample: Sample, rng: Rng): Motion =>
  shifted(signature, shifts(signature, sample, rng), 1);

/** The vectors by which {@link translation} shifts, [graphs, 3] and [nodes, 3]. */
interface Shifts {
  readonly graphs: readonly number[];
  readonly nodes: readonly number[];
}

function shifts({ inputs }: Signature, { sizes, arrays }: Sample, rng: Rng): Shifts {
  const name = Object.keys(arrays).find((key) => inputs[key]?.kind === 'position');
  const positions = name === undefined ? [] : Array.from(arrays[name], Number);
  const graphs: number[] = [];
  const nodes: number[] = [];
  let first = 0;
  for (const size of sizes) {
    const own = positions.slice(3 * first, 3 * (first + size));
    const reach = own.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
    const vector = rng.fillUniform(new Float64Array(3), -reach, reach);
    graphs.push(...vector);
    for (let k = 0; k < size; k++) nodes.push(...vector);
    first += size;
  }
  return { graphs, nodes };
}

const shifted = (signature: Signature, { graphs, nodes }: Shifts, way: 1 | -1): Motion =>
  motionOf(signature, (values, { kind, at }) => {
    const shift = at === 'graphs' ? graphs : nodes;
    return kind === 'position' ? values.map((x, k) => x + way * shift[k]) : values;
  });

/** A sample that has been turned and shifted at random, and moved back: what float32 leaves of it. */
export function roundedSample(signature: Signature, sample: Sample, rng: Rng): Sample {
  const matrix = randomRotation(rng);
  const by = shifts(signature, sample, rng);
  const way = [
    orthogonalMotion(signature, matrix, 1),
    shifted(signature, by, 1),
    shifted(signature, by, -1),
    orthogonalMotion(signature, transposed(matrix), 1),
  ];
  return way.reduce((moved, motion) => motion.input(moved), sample);
}

/** Reorders the nodes within each graph, the graphs, and the rows of every other axis. */
function permutation({ inputs, output }: Signature, sample: Sample, rng: Rng): Motion {
  const { sizes } = sample;
  const starts: number[] = [];
  let first = 0;
  for (const size of sizes) {
    starts.push(first);
    first += size;
  }
  const graphs = rng.shuffle(sizes.map((_, graph) => graph));
  const nodes = graphs.flatMap((graph) =>
    rng.shuffle(Array.from({ length: sizes[graph] }, (_, k) => starts[graph] + k)),
  );
  const others = (length: number): number[] => rng.shuffle(Array.from({ length }, (_, k) => k));
  const moved = takeRows(sample, inputs, { graphs, nodes }, others);
  const order = output.at === 'graphs' ? graphs : nodes;
  return { input: () => moved, output: (values) => takeValues(values, order, values.length / order.length), graphs };
}

import { type GeometricFunction, inputsOf, type Sample } from '../networks/geometric-function.js';
import type { Quantity } from '../networks/quantities.js';
import { trainable, type Weights } from '../nn/index.js';
import type { Feeds, Runtime } from '../runtime/index.js';
import { add, compile, gradient, input, mul, type Program, sum, type Tensor } from '../tensor/index.js';
import { substitute } from '../tensor/substitute.js';

/** A network with the gradient of a weighted sum of its results, ready to run on any sample. */
export interface OpenSlopes {
  /** What the sum is differentiated by: the float inputs of the network that move with space, and its parameters. */
  readonly names: readonly string[];
  /** All numbers of the outputs, one output after the other, and the slopes by name. */
  run(sample: Sample): Promise<{ readonly result: Float32Array; readonly slopes: Feeds }>;
  /** The numbers alone. @param changed takes the place of arrays and weights */
  result(sample: Sample, changed: Feeds): Promise<Float32Array>;
  /** The weight of every entry of the result in the sum. */
  weightOf(entry: number): number;
  close(): Promise<void>;
}

/** The sum's weights: of order 1, with no symmetry. */
const weightOf = (entry: number): number => Math.sin(1 + 1.7 * entry);

const weightsName = (output: string): string => `weights of ${output}`;

/** What moves with space, and is given: not what follows from it, as arrays of edges do. */
const isMoving = (quantity: Quantity | undefined): boolean =>
  quantity !== undefined && /position|vector/.test(quantity.kind) && quantity.at !== 'edges';

export async function openSlopes(runtime: Runtime, network: GeometricFunction, weights: Weights): Promise<OpenSlopes> {
  const outputs = Object.keys(network.output);
  const moving = compile(network.output).inputs.filter(({ name }) => isMoving(network.quantities[name]));
  const leaves = [...moving, ...trainable(network.parameters)].map((leaf) => input(leaf.name, leaf.shape));
  const results = substitute(
    Object.values(network.output),
    new Map(leaves.map((leaf) => [leaf.attributes.name, leaf])),
  );
  const weighted = results.map((result, k): Tensor => sum(mul(result, input(weightsName(outputs[k]), result.shape))));
  const slopes = gradient(
    weighted.reduce((a, b) => add(a, b)),
    leaves,
  );
  const names = leaves.map((leaf) => leaf.attributes.name);
  const values = Object.fromEntries(results.map((result, k) => [`result ${outputs[k]}`, result]));
  const ofSlopes = Object.fromEntries(slopes.map((slope, k) => [`slope ${names[k]}`, slope]));
  const open = async (program: Program) => {
    const executable = await runtime.open(program);
    return {
      close: () => executable.close(),
      run: (sample: Sample, changed: Feeds) => executable.run(...feedsOf(program, network, sample, weights, changed)),
    };
  };
  const [plain, whole] = [await open(compile(values)), await open(compile({ ...values, ...ofSlopes }))];
  const joined = (out: Readonly<Record<string, Float32Array>>): Float32Array =>
    Float32Array.from(outputs.flatMap((name) => [...out[`result ${name}`]]));
  return {
    names,
    weightOf,
    async close() {
      await plain.close();
      await whole.close();
    },
    result: async (sample, changed) => joined(await plain.run(sample, changed)),
    async run(sample) {
      const out = await whole.run(sample, {});
      const found = names.map((leaf) => [leaf, out[`slope ${leaf}`]]);
      return { result: joined(out), slopes: Object.fromEntries(found) };
    },
  };
}

function feedsOf(
  program: Program,
  network: GeometricFunction,
  { sizes, arrays }: Sample,
  weights: Weights,
  changed: Feeds,
): ReturnType<typeof inputsOf> {
  const nodes = sizes.reduce((total, size) => total + size, 0);
  let entry = 0;
  const sums = Object.entries(network.output).map(([name, { shape }]) => {
    const rows = network.quantities[name].at === 'graphs' ? sizes.length : nodes;
    return [weightsName(name), Float32Array.from({ length: rows * Number(shape[1]) }, () => weightOf(entry++))];
  });
  const isGiven = ([name]: readonly [string, unknown]): boolean => name in arrays;
  // What follows from arrays, such as who is a neighbour, follows from the changed ones.
  const moved = { ...arrays, ...Object.fromEntries(Object.entries(changed).filter(isGiven)) };
  const more = { ...Object.fromEntries(weights), ...Object.fromEntries(sums), ...changed };
  return inputsOf(program, network, { sizes, arrays: moved }, more);
}

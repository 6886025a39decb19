import { type GeometricFunction, inputsOf, type Sample } from '../networks/geometric-function.js';
import { trainable, type Weights } from '../nn/index.js';
import type { Executable, Feeds, Runtime } from '../runtime/index.js';
import { compile, concat, gradient, input, mul, type Program, sum } from '../tensor/index.js';
import { substitute } from '../tensor/substitute.js';

/** A network with the gradient of a weighted sum of its result, ready to run on any sample. */
export interface OpenSlopes {
  /** What the sum is differentiated by: the float inputs of the network that move with space, and its parameters. */
  readonly names: readonly string[];
  /** The outputs side by side, [nodes, 3 · outputs], and the slopes by name. `changed` takes the place of arrays and weights. */
  run(sample: Sample, changed?: Feeds): Promise<{ readonly result: Float32Array; readonly slopes: Feeds }>;
  /** The weight of every entry of the result in the sum. */
  weightOf(entry: number): number;
  close(): Promise<void>;
}

/** The sum's weights: of order 1, with no symmetry. */
const weightOf = (entry: number): number => Math.sin(1 + 1.7 * entry);

const SUM = 'weights of the sum';

export async function openSlopes(runtime: Runtime, network: GeometricFunction, weights: Weights): Promise<OpenSlopes> {
  const outputs = Object.values(network.output);
  const moving = compile(network.output).inputs.filter((port) =>
    network.quantities[port.name]?.kind.match(/position|vector/),
  );
  const leaves = [...moving, ...trainable(network.parameters)].map((leaf) => input(leaf.name, leaf.shape));
  const results = substitute(outputs, new Map(leaves.map((leaf) => [leaf.attributes.name, leaf])));
  const result = results.length === 1 ? results[0] : concat(results, 1);
  const slopes = gradient(sum(mul(result, input(SUM, result.shape))), leaves);
  const names = leaves.map((leaf) => leaf.attributes.name);
  const program = compile({
    result,
    ...Object.fromEntries(slopes.map((slope, k) => [`slope ${names[k]}`, slope])),
  });
  const executable = await runtime.open(program);
  return {
    names,
    weightOf,
    close: () => executable.close(),
    async run(sample, changed = {}) {
      const out = await evaluate(executable, program, network, sample, { ...Object.fromEntries(weights), ...changed });
      return { result: out.result, slopes: Object.fromEntries(names.map((leaf) => [leaf, out[`slope ${leaf}`]])) };
    },
  };
}

function evaluate(
  executable: Executable,
  program: Program,
  network: GeometricFunction,
  sample: Sample,
  more: Feeds,
): Promise<Record<string, Float32Array>> {
  const nodes = sample.sizes.reduce((total, size) => total + size, 0);
  const length = 3 * nodes * Object.keys(network.output).length;
  const sums = { [SUM]: Float32Array.from({ length }, (_, k) => weightOf(k)) };
  return executable.run(...inputsOf(program, network, sample, { ...sums, ...more }));
}

import { Rng } from '../../src/random/generator.js';
import { type DType, formatShape, type Input, input, type Shape, type Tensor } from '../../src/tensor/index.js';
import { count, type Data, resolve, type Sizes } from './reference.js';

/** One random element of an input; `position` counts the elements. */
export type Sampler = (rng: Rng, position: number) => number;

export const normal: Sampler = (rng) => rng.normal();

/** From 0.3 upwards: where logarithm, root and quotient behave. */
export const positive: Sampler = (rng) => 0.3 + 2 * rng.uniform();

/** Either sign, at least 0.3 from zero. */
export const awayFromZero: Sampler = (rng) => (rng.uniform() < 0.5 ? -1 : 1) * (0.3 + 2 * rng.uniform());

/** Whole multiples of 0.2, shifted: two inputs with different shifts never tie. */
export const grid =
  (shift: number): Sampler =>
  (rng) =>
    0.2 * (rng.integer(21) - 10) + shift;

/** No two elements of the input are within 0.05 of each other. */
export const distinct: Sampler = (rng, position) => 0.1 * ((position * 37) % 101) + 0.05 * rng.uniform() - 4;

/** Whole numbers from 0 to `limit` − 1: row numbers. */
export const below =
  (limit: number): Sampler =>
  (rng) =>
    rng.integer(limit);

export interface Feed {
  readonly tensor: Input;
  readonly sample: Sampler;
}

export const feed = (name: string, shape: Shape, sample: Sampler = normal, dtype: DType = 'float32'): Feed => ({
  tensor: input(name, shape, dtype),
  sample,
});

/** An op applied to inputs of certain shapes: what its value and its gradients are tested on. */
export interface OpCase {
  readonly output: Tensor;
  readonly feeds: readonly Feed[];
  readonly sizes: Sizes;
}

export const usual: Sizes = { nodes: 4, edges: 6, graphs: 2 };
/** Named axes of length 1, which must not be mistaken for axes that broadcast. */
export const single: Sizes = { nodes: 1, edges: 1, graphs: 1 };
export const noEdges: Sizes = { ...usual, edges: 0 };
export const nothing: Sizes = { nodes: 0, edges: 0, graphs: 0 };

/** A case whose op is applied to the given inputs. */
export function opCase(feeds: readonly Feed[], make: (...inputs: Input[]) => Tensor, sizes: Sizes = usual): OpCase {
  return { output: make(...feeds.map(({ tensor }) => tensor)), feeds, sizes };
}

/** The case in words: `matmul [3, edges] [edges, 2], edges = 0`. */
export function describeCase({ output, feeds, sizes }: OpCase): string {
  const shapes = feeds.map(({ tensor }) => formatShape(tensor.shape));
  const names = new Set(feeds.flatMap(({ tensor }) => tensor.shape.filter((dim) => typeof dim === 'string')));
  const where = [...names].map((name) => `, ${name} = ${sizes[name]}`).join('');
  const { shape: _, values: __, ...attributes } = output.attributes as Record<string, unknown>;
  const details = Object.keys(attributes).length > 0 ? ` ${JSON.stringify(attributes)}` : '';
  return `${output.op.name} ${shapes.join(' ')} → ${formatShape(output.shape)}${details}${where}`;
}

/** Random elements for the inputs of a case; the same at every call. */
export function sampleData(feeds: readonly Feed[], sizes: Sizes): Record<string, number[]> {
  const rng = Rng.fromSeed(17);
  return Object.fromEntries(
    feeds.map(({ tensor, sample }) => {
      const { name, shape } = tensor.attributes;
      const own = rng.fork(name);
      return [name, Array.from({ length: count(resolve(shape, sizes)) }, (_, k) => Math.fround(sample(own, k)))];
    }),
  );
}

/** Random weights for a weighted sum of a tensor: `weights` and its elements. */
export function randomWeights(output: Tensor, sizes: Sizes, name = 'weights'): { weights: Input; data: Data } {
  const { tensor, sample } = feed(name, output.shape);
  return { weights: tensor, data: sampleData([{ tensor, sample }], sizes) };
}

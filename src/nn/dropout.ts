import type { Rng } from '../random/generator.js';
import { input, mul, type Program, type Tensor } from '../tensor/index.js';

const PREFIX = 'dropout.';

/**
 * Dropout (Srivastava et al. 2014) where randomness is an input: what an element is multiplied by, 0 or 1/(1 − rate),
 * is fed from outside, see {@link dropoutMasks}.
 * @param name where in the network it stands
 */
export const dropout = (x: Tensor, name: string): Tensor => mul(x, input(PREFIX + name, x.shape));

/**
 * Values for all dropout inputs of a program.
 * @param sizes the lengths of the named axes
 * @param rate the share of elements that is dropped, from 0 to below 1
 */
export function dropoutMasks(
  { inputs }: Pick<Program, 'inputs'>,
  sizes: Readonly<Record<string, number>>,
  rate: number,
  rng: Rng,
): Record<string, Float32Array> {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`a dropout rate of ${rate} is not from 0 to below 1`);
  const kept = 1 / (1 - rate);
  return Object.fromEntries(
    inputs
      .filter(({ name }) => name.startsWith(PREFIX))
      .map(({ name, shape }) => {
        const length = shape.reduce<number>(
          (product, dim) => product * (typeof dim === 'number' ? dim : sizes[dim]),
          1,
        );
        return [name, Float32Array.from({ length }, () => (rng.uniform() < rate ? 0 : kept))];
      }),
  );
}

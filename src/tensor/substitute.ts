import { formatShape, ShapeError, sameShape } from './shape.js';
import { isInput, type Tensor } from './tensor.js';

/**
 * The same computations with other tensors in the place of inputs.
 * @param replacements by the name of the input; what they are computed from is left as it is
 * @throws ShapeError if a replacement has another shape or dtype than the input
 */
export function substitute(tensors: readonly Tensor[], replacements: ReadonlyMap<string, Tensor>): Tensor[] {
  const done = new Map<Tensor, Tensor>();
  const visit = (tensor: Tensor): Tensor => {
    const known = done.get(tensor);
    if (known) return known;
    const result = isInput(tensor) ? replaced(tensor.attributes.name, tensor, replacements) : rebuilt(tensor, visit);
    done.set(tensor, result);
    return result;
  };
  return tensors.map(visit);
}

function replaced(name: string, input: Tensor, replacements: ReadonlyMap<string, Tensor>): Tensor {
  const other = replacements.get(name) ?? input;
  if (other.dtype === input.dtype && sameShape(other.shape, input.shape)) return other;
  const [from, to] = [input, other].map(({ dtype, shape }) => `${dtype} ${formatShape(shape)}`);
  throw new ShapeError(`substitute: input ${name} is ${from}, its replacement ${to}`);
}

function rebuilt(tensor: Tensor, visit: (tensor: Tensor) => Tensor): Tensor {
  const inputs = tensor.inputs.map(visit);
  return inputs.every((x, k) => x === tensor.inputs[k]) ? tensor : { ...tensor, inputs };
}

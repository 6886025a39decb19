import { add } from './elementwise.js';
import { expand, joinPadded, reshape } from './layout.js';
import { sum } from './reduction.js';
import { formatShape, type Shape, ShapeError, sameShape } from './shape.js';
import { constant, isInput, requireDType, type Tensor } from './tensor.js';

/** Sums a gradient over the axes along which the forward pass broadcast. */
function undoBroadcast(gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient;
  const added = gradient.shape.length - shape.length;
  if (added < 0) return expand(gradient, shape);
  const leading = Array.from({ length: added }, (_, k) => k);
  const stretched = gradient.shape.flatMap((dim, k) => (k >= added && shape[k - added] === 1 && dim !== 1 ? [k] : []));
  const reduced = gradient.shape.map((dim, k) => (stretched.includes(k) ? 1 : dim)).slice(added);
  // Kept axes are dropped by a reshape; where only leading ones go, the sum drops them by itself.
  const total =
    stretched.length === 0
      ? sum(gradient, leading)
      : reshape(sum(gradient, [...leading, ...stretched], { keepDims: true }), reduced);
  return expand(total, shape);
}

/** All tensors that depend on one of `leaves`, inputs before the tensors that use them. */
function dependents(output: Tensor, leaves: ReadonlySet<Tensor>): Tensor[] {
  const depends = new Map<Tensor, boolean>();
  const order: Tensor[] = [];
  const visit = (tensor: Tensor): boolean => {
    const known = depends.get(tensor);
    if (known !== undefined) return known;
    const fromInputs = tensor.inputs.map(visit).includes(true);
    const result = leaves.has(tensor) || fromInputs;
    depends.set(tensor, result);
    if (result) order.push(tensor);
    return result;
  };
  visit(output);
  return order;
}

/**
 * The gradient of a scalar with respect to each of the given inputs (parameters are inputs too), as tensors (so that
 * second derivatives are gradients of gradients). An input that the scalar does not depend on has a gradient of zeros.
 * What was computed on the way has no gradient of its own to ask for: simplifications may have stepped past it.
 * @throws ShapeError if `loss` is not a float32 scalar, or one of `parameters` is not an input
 */
export function gradient(loss: Tensor, parameters: readonly Tensor[]): Tensor[] {
  if (loss.shape.length !== 0)
    throw new ShapeError(`gradient: the loss has shape ${formatShape(loss.shape)}, expected a scalar`);
  requireDType('gradient', 'the loss', loss, 'float32');
  const inner = parameters.findIndex((parameter) => !isInput(parameter));
  if (inner >= 0) {
    throw new ShapeError(
      `gradient: tensor ${inner} of shape ${formatShape(parameters[inner].shape)} is not an input of the program`,
    );
  }
  const order = dependents(loss, new Set(parameters));
  const reached = new Set(order);
  const terms = new Map<Tensor, Tensor[]>([[loss, [constant(1)]]]);
  const total = new Map<Tensor, Tensor>();
  for (const tensor of order.reverse()) {
    const parts = terms.get(tensor);
    if (!parts) continue;
    const dy = joinPadded(parts) ?? parts.reduce((a, b) => add(a, b));
    total.set(tensor, dy);
    if (tensor.inputs.length === 0) continue;
    for (const [k, part] of tensor.op.gradient(dy, tensor).entries()) {
      const target = tensor.inputs[k];
      if (!part || !reached.has(target)) continue;
      const list = terms.get(target);
      const share = undoBroadcast(part, target.shape);
      if (list) list.push(share);
      else terms.set(target, [share]);
    }
  }
  return parameters.map((parameter) => total.get(parameter) ?? expand(constant(0), parameter.shape));
}

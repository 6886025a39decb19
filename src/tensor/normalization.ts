import { add, div, mul, sqrt, sub } from './elementwise.js';
import { mean, sum } from './reduction.js';
import { formatShape, ShapeError } from './shape.js';
import { apply, type Op, requireDType, type Tensor } from './tensor.js';

export interface LayerNormAttributes {
  readonly epsilon: number;
}

const layerNormOp: Op<LayerNormAttributes> = {
  name: 'layerNorm',
  signature([x, scale, bias]) {
    requireDType('layerNorm', 'input', x, 'float32');
    const width = x.shape[x.shape.length - 1];
    for (const [what, parameter] of [
      ['scale', scale],
      ['bias', bias],
    ] as const) {
      requireDType('layerNorm', what, parameter, 'float32');
      if (typeof width !== 'number' || parameter.shape.length !== 1 || parameter.shape[0] !== width) {
        throw new ShapeError(
          `layerNorm: ${what} of shape ${formatShape(parameter.shape)} does not fit input of shape ${formatShape(x.shape)}`,
        );
      }
    }
    return { shape: x.shape, dtype: 'float32' };
  },
  onnx: (emitter, { attributes }, inputs) =>
    emitter.node('LayerNormalization', inputs, { axis: -1, epsilon: { float: attributes.epsilon } }),
  gradient(dy, { inputs: [x, scale], attributes: { epsilon } }) {
    const lastMean = (t: Tensor): Tensor =>
      mul(sum(t, [-1], { keepDims: true }), 1 / Number(x.shape[x.shape.length - 1]));
    const centred = sub(x, lastMean(x));
    const deviation = sqrt(add(lastMean(mul(centred, centred)), epsilon));
    const normalized = div(centred, deviation);
    const g = mul(dy, scale);
    const dx = div(sub(sub(g, lastMean(g)), mul(normalized, lastMean(mul(g, normalized)))), deviation);
    return [dx, mul(dy, normalized), dy];
  },
};

/** (x − mean) / √(variance + ε) over the last axis, times a scale, plus a bias. */
export const layerNorm = (x: Tensor, scale: Tensor, bias: Tensor, epsilon = 1e-5): Tensor =>
  apply(layerNormOp, [x, scale, bias], { epsilon });

/** The mean of squares of all elements. */
export const meanSquare = (x: Tensor): Tensor => mean(mul(x, x));

export const normalizationOps = { layerNorm: layerNormOp };

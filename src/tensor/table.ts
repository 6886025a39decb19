import { contractionOps } from './contraction.js';
import { elementwiseOps } from './elementwise.js';
import { indexingOps } from './indexing.js';
import { layoutOps } from './layout.js';
import { normalizationOps } from './normalization.js';
import { reductionOps } from './reduction.js';
import { leafOps } from './tensor.js';
import { vectorOps } from './vectors.js';

/** Every op of the tensor layer by name; each holds its shape rule, its ONNX form and its gradient. */
export const opTable = {
  ...leafOps,
  ...elementwiseOps,
  ...reductionOps,
  ...layoutOps,
  ...indexingOps,
  ...contractionOps,
  ...normalizationOps,
  ...vectorOps,
};

export type OpName = keyof typeof opTable;

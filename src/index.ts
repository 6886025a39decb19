/**
 * The first page of clofnet: what most programs begin with. Everything else, and this too, stands in the subpath of its
 * domain (`clofnet/molecules`, `clofnet/nn`, …). In Node the same page has what needs files and threads as well.
 *
 * @module clofnet
 */

export { UserError } from './common/index.js';
export {
  type GeneratedConformer,
  type LocalGenerator,
  type MoleculeSummary,
  openLocalGenerator,
} from './conformers/index.js';
export { decodeSafetensors, encodeSafetensors, formatExtendedXyz, parseExtendedXyz } from './files/index.js';
export { fetchResources, type Molecule, parseSmiles, readSdf, writeSdf, writeXyz } from './molecules/index.js';
export { exportNetwork } from './networks/index.js';
export {
  createModel,
  decodeModelFile,
  defineSimulation,
  drawInitialStates,
  encodeModelFile,
  exportOnnx,
  type ModelConfig,
  openPredictor,
  type Predictor,
  recipeConfig,
  type SystemBatch,
  simulate,
} from './newton/index.js';
export { initialize } from './nn/index.js';
export { Rng } from './random/index.js';
export type { Runtime } from './runtime/index.js';
export { assertEquivariant } from './testing/index.js';
export { decodeTrained, type TrainedNetwork } from './trained/index.js';

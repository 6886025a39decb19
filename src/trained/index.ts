/**
 * Trained networks of whatever kind, out of their weight files: what `clofnet audit` and `clofnet export` work on.
 *
 * @module trained
 */

export { decodeTrained, opener, type TrainedNetwork, trainedKinds } from './kinds.js';

/**
 * Networks on systems of bodies, read from files too.
 *
 * @module networks
 */

export * from './index.js';
export { type LoadedModel, readModelFile } from './read-model-file.node.js';

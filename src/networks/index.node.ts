/**
 * Networks on systems of bodies, read from files too.
 *
 * @packageDocumentation
 */

export * from './index.js';
export { type LoadedModel, readModelFile } from './read-model-file.node.js';

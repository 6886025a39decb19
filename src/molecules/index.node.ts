/**
 * Molecules, with OpenChemLib's tables read from its package.
 *
 * @module molecules
 */

export * from './index.js';
export { loadResources } from './open-chem-lib.node.js';

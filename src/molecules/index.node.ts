/**
 * Molecules, with OpenChemLib's tables read from its package.
 *
 * @packageDocumentation
 */

export * from './index.js';
export { loadResources } from './open-chem-lib.node.js';

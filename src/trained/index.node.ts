/**
 * Trained networks of whatever kind, read from files too.
 *
 * @module trained
 */

export * from './index.js';
export { readTrained } from './read-trained.node.js';

/**
 * Random numbers as values: generators that are seeded, cloned, saved and passed in.
 *
 * @module random
 */

export { Rng, type RngState } from './generator.js';
export { NumpyRandom, type NumpyRandomState } from './numpy-random.js';

import type { Start } from './start.js';

/** Shapes by rules, under noise of a size that blurs what the rules got wrong and leaves the coarse shape. */
export const ruleMadeShapes = {
  name: 'shapes',
  title: 'rule-made shapes',
  sigma: 0.7,
  // Loaded when it is needed: help texts know the starts by name, without OpenChemLib.
  shape: async (molecule, rng) => (await import('./start-shape.js')).startShape(molecule, rng),
} as const satisfies Start;

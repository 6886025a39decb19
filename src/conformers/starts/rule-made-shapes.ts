import type { Start } from './start.js';

/** Shapes by rules, under noise of a size that blurs what the rules got wrong and leaves the coarse shape. */
export const ruleMadeShapes = {
  name: 'shapes',
  title: 'rule-based shapes',
  sigma: 0.7,
  shape: (molecule, rng, byRules) => byRules(molecule, rng),
} as const satisfies Start;

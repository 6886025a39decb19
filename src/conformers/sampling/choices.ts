/** The ways to sample; `flow` is the probability-flow ODE with second-order steps. */
export const samplerNames = ['flow', 'langevin', 'predictor-corrector'] as const;
/** The name of a sampler. */
export type SamplerName = (typeof samplerNames)[number];

/** Where sampling starts: from rule-made shapes under noise of a middle level, or from noise alone. */
export const startNames = ['shapes', 'noise'] as const;
/** The name of a starting shape. */
export type StartName = (typeof startNames)[number];

/**
 * What becomes of centres and double bonds that a molecule leaves open: each conformer gets its own at random, or all
 * get the first ones for which a shape can be found.
 */
export const isomerChoices = ['sample', 'first'] as const;
/** What becomes of open stereocentres. */
export type IsomerChoice = (typeof isomerChoices)[number];

/**
 * What becomes of centres and double bonds that a molecule leaves open: each conformer gets its own at random, or all
 * get the first ones for which a shape can be found.
 */
export const isomerChoices = ['sample', 'first'] as const;
/** What becomes of stereo that a molecule leaves open. */
export type IsomerChoice = (typeof isomerChoices)[number];

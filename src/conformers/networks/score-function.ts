/**
 * The score ∇ log p of molecules side by side, as a network knows it.
 * @param positions x, y, z of one atom after the other, [nodes · 3], in ångström
 * @param sigma the standard deviation of the noise in them, the same for all molecules, in ångström
 * @returns [nodes · 3], in 1/ångström; may be overwritten by the next call
 */
export type ScoreFunction = (positions: Float32Array, sigma: number) => Promise<Float32Array>;

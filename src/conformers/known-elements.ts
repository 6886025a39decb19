/**
 * The atomic numbers of the elements that the shipped network has learned: H, C, N, O, F, Si, P, S, Cl, Br and I. For
 * others its weights are what they were drawn as.
 */
export const knownElements: ReadonlySet<number> = new Set([1, 6, 7, 8, 9, 14, 15, 16, 17, 35, 53]);

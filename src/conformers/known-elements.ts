import { ELEMENTS } from '../models/molecule-tensors.js';

/** The atomic numbers that the network has room for. */
export const knownElements: ReadonlySet<number> = new Set(Array.from({ length: ELEMENTS - 1 }, (_, k) => k + 1));

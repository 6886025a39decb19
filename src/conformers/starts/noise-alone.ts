import type { Start } from './start.js';

/** No rule has a say in what comes out. */
export const noiseAlone = { name: 'noise', title: 'noise alone', sigma: 10 } as const satisfies Start;

export { DEGENERATE, type Frame, type FrameForm, pairFrame } from './frame.js';
export { scalarize, tensorize } from './scalarize.js';
export { cross, dot, norm, shorten, unit } from './vector.js';

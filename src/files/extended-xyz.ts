export type { XyzArray, XyzFrame } from './extended-xyz-frame.js';
export { parseExtendedXyz, type ReadOptions, readExtendedXyz, type XyzResult } from './extended-xyz-read.js';
export { formatExtendedXyz } from './extended-xyz-write.js';

export { parseExtendedXyz, type ReadOptions, readExtendedXyz, type XyzResult } from './extended-xyz-read.js';
export type { XyzArray, XyzStructure } from './extended-xyz-structure.js';
export { formatExtendedXyz, type WriteOptions } from './extended-xyz-write.js';

/**
 * The file formats that are not of molecules: NumPy's arrays, safetensors, extended XYZ, lines of text.
 *
 * @module files
 */

export {
  formatExtendedXyz,
  parseExtendedXyz,
  type ReadOptions,
  type WriteOptions,
  type XyzArray,
  type XyzStructure,
} from './extended-xyz.js';
export { decodeNpy, encodeNpy, type NpyArray, type NpyData } from './npy.js';
export { decodeSafetensors, encodeSafetensors, type SafetensorsFile, type StoredTensor } from './safetensors.js';
export { type TextLine, type TextLinesOptions, textLines } from './text-lines.js';

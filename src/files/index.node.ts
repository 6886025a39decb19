/**
 * The file formats that are not of molecules, read and written on a disk too.
 *
 * @module files
 */

export { type FileData, writeFileAtomic } from './atomic.node.js';
export { type ByteStreamOptions, byteStream } from './byte-stream.node.js';
export * from './index.js';
export { readNpyFile, writeNpyFile } from './npy-file.node.js';
export { type ReadSafetensorsOptions, readSafetensors, writeSafetensors } from './safetensors-file.node.js';

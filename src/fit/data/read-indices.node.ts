import { readFile } from 'node:fs/promises';
import { UserError } from '../../common/errors.js';
import { readError } from '../../files/file-errors.node.js';
import { readNpyFile } from '../../files/npy-file.node.js';
import { type IndexList, parseIndices } from './split-by-indices.js';

/**
 * Reads indices of geometries, from 0: a `.npy` file of whole numbers, or text, as rMD17 has it, with one a line.
 * @throws UserError where the file is missing or holds anything else
 */
export async function readIndices(path: string): Promise<IndexList> {
  if (!path.toLowerCase().endsWith('.npy')) return { indices: parseIndices(await textOf(path), path), source: path };
  const { shape, data } = await readNpyFile(path);
  const indices = Float64Array.from({ length: data.length }, (_, k) => Number(data[k]));
  if (shape.length !== 1 || indices.some((index) => !Number.isInteger(index)))
    throw new UserError(`${path} must hold one row of whole numbers, the indices of geometries`, { file: path });
  return { indices, source: path };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw readError(error, path);
  }
}

import { createHash } from 'node:crypto';
import type { GeometrySet, NumberColumn } from './geometry-set.js';

/**
 * The first 16 digits of SHA-256, in hexadecimal, of the geometries of a set and all their numbers: the same for the
 * same content, whatever files it came from.
 */
export function geometryHash({ speciesNames, species, sizes, positions, ...set }: GeometrySet): string {
  const hash = createHash('sha256');
  const add = (name: string, { buffer, byteOffset, byteLength }: ArrayBufferView): void => {
    hash.update(`${JSON.stringify(name)} ${byteLength}\n`).update(new Uint8Array(buffer, byteOffset, byteLength));
  };
  const addAll = (columns: Readonly<Record<string, NumberColumn>>): void => {
    for (const name of Object.keys(columns).sort()) add(name, columns[name].data);
  };
  hash.update(JSON.stringify(speciesNames));
  add('species', species);
  add('sizes', sizes);
  add('positions', positions);
  if (set.cells && set.periodic) {
    add('cells', set.cells);
    add('periodic', set.periodic);
  }
  addAll(set.ofNodes);
  addAll(set.ofGraphs);
  return hash.digest('hex').slice(0, 16);
}

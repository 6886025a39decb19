import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decodeSafetensors, type SafetensorsFile } from '../../src/files/safetensors.js';

/** The fixtures that come with the project. */
export const OWN_FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));

/** The folder of the fixtures: that of the environment variable CLOFNET_FIXTURES, else test/fixtures. */
export const FIXTURES = process.env.CLOFNET_FIXTURES ?? OWN_FIXTURES;

/** `fixturePath('trajectories', 'charged5.safetensors')` */
export function fixturePath(...parts: string[]): string {
  return [FIXTURES, ...parts].join('/');
}

/** Names of the files in one of the fixtures' folders that end in `ending`, sorted. */
export function fixtureNames(folder: string, ending: string): string[] {
  return readdirSync(fixturePath(folder))
    .filter((name) => name.endsWith(ending))
    .sort();
}

/** Reads a safetensors file; an array that is not there is an error. */
export function readTensors(path: string): SafetensorsFile {
  return decodeSafetensors(readFileSync(path), path);
}

/** An array of doubles by its name. */
export function float64(file: SafetensorsFile, name: string): { shape: readonly number[]; data: Float64Array } {
  const tensor = file.tensors.get(name);
  if (!(tensor?.data instanceof Float64Array)) throw new Error(`the fixture has no float64 array '${name}'`);
  return { shape: tensor.shape, data: tensor.data };
}

/** An array of floats by its name. */
export function float32(content: SafetensorsFile, name: string): Float32Array {
  const data = content.tensors.get(name)?.data;
  if (!(data instanceof Float32Array)) throw new Error(`the fixture has no float32 array '${name}'`);
  return data;
}

/** An array of integers by its name. */
export function int32(content: SafetensorsFile, name: string): Int32Array<ArrayBuffer> {
  const data = content.tensors.get(name)?.data;
  if (!(data instanceof Int32Array)) throw new Error(`the fixture has no int32 array '${name}'`);
  return Int32Array.from(data);
}

/** The shape of an array. */
export function shapeOf(content: SafetensorsFile, name: string): readonly number[] {
  const tensor = content.tensors.get(name);
  if (!tensor) throw new Error(`the fixture has no array '${name}'`);
  return tensor.shape;
}

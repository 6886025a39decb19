import { UserError } from '../../common/errors.js';
import { type FieldName, fieldNames } from '../networks/system.js';

type Vector = readonly [number, number, number];
type Provenance = Readonly<Record<string, unknown>>;

/** The constant vector fields that act on every system of a data set. */
export type Fields = Readonly<Partial<Record<FieldName, Vector>>>;

/**
 * A vector as a user writes it, `0,0,0.098`.
 * @throws UserError for what is no such text
 */
export function parseVector(text: string, name: FieldName): Vector {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (isVector(numbers)) return numbers;
  throw new UserError(`takes three numbers as in 0,0,0.098, not ${JSON.stringify(text)}`, { about: name });
}

/**
 * The vectors of the fields that a network wants: those given, else those that it was trained with.
 * @param wanted the network's fields
 * @param provenance of its weight file
 * @throws UserError for a field that is given nowhere, and for a given one that the network does not know
 */
export function fieldVectors(wanted: readonly FieldName[], provenance: Provenance, given: Fields = {}): Fields {
  const unwanted = fieldNames.find((name) => given[name] && !wanted.includes(name));
  if (unwanted)
    throw new UserError(`this network takes no ${unwanted} field`, {
      code: 'mismatch',
      remedy: { setting: unwanted, action: 'omit' },
    });
  return Object.fromEntries(wanted.map((name) => [name, given[name] ?? trainedWith(provenance, name)]));
}

function trainedWith(provenance: Provenance, name: FieldName): Vector {
  const vector = property(provenance.data, name);
  if (isVector(vector)) return vector;
  throw new UserError(`this network needs a ${name} field, and its weight file has none`, {
    remedy: { setting: name, value: 'x,y,z' },
  });
}

/** The same vectors for each of so many systems, [systems, 3], as networks take them. */
export function fieldArrays(fields: Fields, systems: number): Partial<Record<FieldName, Float32Array>> {
  const filled = Object.entries(fields).map(([name, vector]) => [
    name,
    Float32Array.from({ length: 3 * systems }, (_, k) => vector[k % 3]),
  ]);
  return Object.fromEntries(filled);
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function isVector(value: unknown): value is Vector {
  return Array.isArray(value) && value.length === 3 && value.every((x) => typeof x === 'number' && Number.isFinite(x));
}

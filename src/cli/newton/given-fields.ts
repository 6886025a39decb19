import { type Fields, parseVector } from '../../newton/system/field-vectors.js';

/** `--gravity` and `--magnetic`, where they were given. */
export function givenFields({ gravity, magnetic }: { gravity?: string; magnetic?: string }): Fields {
  return {
    ...(gravity !== undefined && { gravity: parseVector(gravity, 'gravity') }),
    ...(magnetic !== undefined && { magnetic: parseVector(magnetic, 'magnetic') }),
  };
}

/**
 * One structure of an extended XYZ file (https://github.com/libAtoms/extxyz): bodies with numbers attached.
 *
 * Velocities and charges are filed in `arrays` under `velocities` (3 columns) and `charges` (1 column), whichever of
 * their usual names the file gives them, unless it is read with `ownNames`; other numeric properties keep their names,
 * text properties are dropped.
 */
export interface XyzStructure {
  /** One symbol a body; `X` where the file gives none. */
  readonly species: readonly string[];
  /** [n, 3], row-major, in the file's unit. */
  readonly positions: Float64Array;
  readonly arrays: ReadonlyMap<string, XyzArray>;
  /** The `key=value` pairs of the comment line but for `Properties`; a key without a value has the value `T`. */
  readonly info: Readonly<Record<string, string>>;
}

/** A property of every body: [n, columns], row-major. */
export interface XyzArray {
  readonly columns: number;
  readonly data: Float64Array;
}

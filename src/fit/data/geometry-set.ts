/** Numbers of every row (atom or geometry), [rows, width], row by row. */
export interface NumberColumn {
  readonly width: number;
  /** NaN where a geometry lacks it. */
  readonly data: Float64Array;
}

/** Where a geometry comes from, for messages. All count from 1. */
export interface GeometrySource {
  readonly file: string;
  /** Of a text: the line it begins at. */
  readonly line?: number;
  /** Of an array file: which geometry of it. */
  readonly frame?: number;
}

/** Geometries with what is known of them, one after the other: plain data, which threads can share. */
export interface GeometrySet {
  /** The names of the species that occur, such as `['C', 'O', 'H']`, in the order of their first atom. */
  readonly speciesNames: readonly string[];
  /** Of each atom, a place in `speciesNames`, [atoms]. */
  readonly species: Int32Array;
  /** How many atoms each geometry has, [geometries]. */
  readonly sizes: Int32Array;
  /** The row of its first atom, [geometries]. */
  readonly first: Int32Array;
  /** [atoms, 3], in the file's unit of length. */
  readonly positions: Float64Array;
  /** Cells, row by row a, b, c, [geometries, 9]; zeros for a geometry without one. Absent where none has one. */
  readonly cells?: Float64Array;
  /** Along which vectors of the cell a geometry repeats, 0 or 1, [geometries, 3]. There where `cells` is. */
  readonly periodic?: Uint8Array;
  /** Numbers of atoms, by the names of the file, [atoms, width]. */
  readonly ofNodes: Readonly<Record<string, NumberColumn>>;
  /** Numbers of whole geometries, by the names of the file, [geometries, width]. */
  readonly ofGraphs: Readonly<Record<string, NumberColumn>>;
  /** Text of geometries by its key, [geometries]; empty where one has none. The first thousand keys. */
  readonly texts: Readonly<Record<string, readonly string[]>>;
  /** Where each geometry comes from, [geometries]. */
  readonly sources: readonly GeometrySource[];
  /** The units of columns, where files say them. */
  readonly units: Readonly<Record<string, string>>;
  /** What the files name but no column can hold, and why in words, for messages: `has 4 numbers in a.xyz:2, 3 …`. */
  readonly setAside: SetAside;
}

/** Reasons by the names of the files. */
export interface SetAside {
  readonly ofNodes: Readonly<Record<string, string>>;
  readonly ofGraphs: Readonly<Record<string, string>>;
}

/** The number of geometries. */
export const geometryCount = (set: GeometrySet): number => set.sizes.length;

/** `a.xyz:12`, `rmd17.npz, geometry 3` */
export function sayWhere({ file, line, frame }: GeometrySource): string {
  if (line !== undefined) return `${file}:${line}`;
  return frame === undefined ? file : `${file}, geometry ${frame}`;
}

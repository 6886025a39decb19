import { errorAt, type Geometry } from './geometry.js';

/** Cells whose periodic vectors span less than this part of what vectors of their lengths could are flat. */
const FLAT = 1e-6;

/** A cell and along which of its vectors a geometry repeats, 0 or 1. */
export interface CheckedCell {
  readonly cell: ArrayLike<number>;
  readonly periodic: Uint8Array;
}

/**
 * The cell of a geometry; undefined where it has none.
 * @throws UserError where the cell is no 9 finite numbers, is flat, or is missing of a geometry that repeats
 */
export function checkedCell({ cell, periodic, source }: Geometry): CheckedCell | undefined {
  const isThere = cell !== undefined && Array.prototype.some.call(cell, (x) => x !== 0);
  if (periodic !== undefined && periodic.length !== 3)
    throw errorAt(source, `says along which vectors of the cell it repeats with ${periodic.length} words, not 3`);
  const along = Uint8Array.from({ length: 3 }, (_, k) => Number(Boolean(periodic === undefined || periodic[k])));
  if (!isThere) {
    if (periodic !== undefined && along.includes(1)) throw errorAt(source, 'the geometry repeats, but has no cell');
    return undefined;
  }
  if (cell.length !== 9 || !Array.prototype.every.call(cell, Number.isFinite))
    throw errorAt(source, `the cell must be 9 finite numbers, its vectors a, b, c one after the other`);
  if (isFlat(cell, along)) throw errorAt(source, 'the vectors of the cell that it repeats along span no volume');
  return { cell, periodic: along };
}

/** Whether the vectors that it repeats along lie in one plane or on one line, or are no vectors (by Gram–Schmidt). */
function isFlat(cell: ArrayLike<number>, along: Uint8Array): boolean {
  const axes: number[][] = [];
  for (const k of [0, 1, 2]) {
    if (along[k] === 0) continue;
    const vector = [cell[3 * k], cell[3 * k + 1], cell[3 * k + 2]];
    const length = Math.hypot(...vector);
    for (const axis of axes) {
      const part = axis.reduce((sum, x, i) => sum + x * vector[i], 0);
      for (let i = 0; i < 3; i++) vector[i] -= part * axis[i];
    }
    const rest = Math.hypot(...vector);
    if (!(rest > FLAT * length)) return true;
    axes.push(vector.map((x) => x / rest));
  }
  return false;
}

import type { ConnectionTable } from './mol-table.js';
import { readV2000 } from './mol-v2000.js';
import { readV3000 } from './mol-v3000.js';
import type { BlockReader } from './sdf-block.js';

/** A named connection table. */
export interface MolBlock extends ConnectionTable {
  readonly name: string;
  /** 3 with positions in space, 2 with a drawing, 0 with neither. */
  readonly dimension: 0 | 2 | 3;
}

/**
 * Reads a MOL block, V2000 or V3000 (BIOVIA, CTfile formats), up to its `M  END`.
 * @throws UserError with file, line and record
 */
export function readMolBlock(reader: BlockReader): MolBlock {
  const name = reader.line('the name').trim();
  const program = reader.line('the line of the program');
  reader.line('the comment');
  const counts = reader.line('the line of counts');
  const table = /V3000/.test(counts) ? readV3000(reader) : readV2000(reader, counts);
  requireSound(reader, table);
  return { name, dimension: dimensionOf(program.slice(20, 22).toUpperCase(), table), ...table };
}

/** What the header says counts where positions leave it open: a flat molecule may lie in the plane z = 0. */
function dimensionOf(code: string, { atoms }: ConnectionTable): 0 | 2 | 3 {
  const extends_ = (axes: readonly number[]) => atoms.some(({ position }) => axes.some((axis) => position[axis] !== 0));
  if (extends_([2]) || code === '3D') return 3;
  return extends_([0, 1]) ? 2 : 0;
}

function requireSound(reader: BlockReader, { atoms, bonds }: ConnectionTable): void {
  if (atoms.length === 0) throw reader.error('the molecule has no atoms');
  const seen = new Set<number>();
  for (const { begin, end } of bonds) {
    const pair = Math.min(begin, end) * atoms.length + Math.max(begin, end);
    if (begin === end || seen.has(pair)) {
      const fault = begin === end ? `atom ${begin + 1} is bonded to itself` : `duplicate bond ${begin + 1}–${end + 1}`;
      throw reader.error(fault);
    }
    seen.add(pair);
  }
}

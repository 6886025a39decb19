/**
 * Of atoms that were together, how many have come apart. Atoms are together where a chain of them leads from one to the
 * other whose links are no longer than `reach`; of what was together at the start and is in pieces at the end, the
 * largest piece stays, and the atoms of the others are lost.
 *
 * @param start [atoms, 3]
 * @param end [atoms, 3]
 */
export function countLost(start: Float64Array, end: Float64Array, reach: number): number {
  const [before, after] = [groupsOf(start, reach), groupsOf(end, reach)];
  const pieces = new Map<number, Map<number, number>>();
  for (const [atom, group] of before.entries()) {
    const sizes = pieces.get(group) ?? new Map<number, number>();
    sizes.set(after[atom], (sizes.get(after[atom]) ?? 0) + 1);
    pieces.set(group, sizes);
  }
  let lost = 0;
  for (const sizes of pieces.values()) {
    const counts = [...sizes.values()];
    lost += counts.reduce((sum, count) => sum + count) - counts.reduce((most, count) => Math.max(most, count));
  }
  return lost;
}

/** Of each atom, a number that those together with it share. */
function groupsOf(positions: Float64Array, reach: number): Int32Array {
  const boxes = inBoxes(positions, reach);
  const groups = new Int32Array(positions.length / 3).fill(-1);
  for (let first = 0; first < groups.length; first++) {
    if (groups[first] >= 0) continue;
    groups[first] = first;
    const open = [first];
    for (let atom = open.pop(); atom !== undefined; atom = open.pop()) {
      for (const other of around(boxes, boxOf(positions, atom, reach))) {
        if (groups[other] >= 0 || distance(positions, atom, other) > reach) continue;
        groups[other] = first;
        open.push(other);
      }
    }
  }
  return groups;
}

type Box = readonly [number, number, number];

/** The atoms of every box of space that is `reach` wide. */
function inBoxes(positions: Float64Array, reach: number): ReadonlyMap<string, readonly number[]> {
  const boxes = new Map<string, number[]>();
  for (let atom = 0; 3 * atom < positions.length; atom++) {
    const key = boxOf(positions, atom, reach).join();
    const there = boxes.get(key);
    if (there) there.push(atom);
    else boxes.set(key, [atom]);
  }
  return boxes;
}

function boxOf(positions: Float64Array, atom: number, reach: number): Box {
  const along = (k: number): number => Math.floor(positions[3 * atom + k] / reach);
  return [along(0), along(1), along(2)];
}

const SIDES = [-1, 0, 1] as const;

/** The atoms of a box and of those that touch it. */
function* around(boxes: ReadonlyMap<string, readonly number[]>, [x, y, z]: Box): Generator<number> {
  for (const a of SIDES)
    for (const b of SIDES) for (const c of SIDES) yield* boxes.get([x + a, y + b, z + c].join()) ?? [];
}

const distance = (positions: Float64Array, i: number, j: number): number =>
  Math.hypot(
    positions[3 * i] - positions[3 * j],
    positions[3 * i + 1] - positions[3 * j + 1],
    positions[3 * i + 2] - positions[3 * j + 2],
  );

import type { StereoBond } from '../molecule.js';
import { sideFor } from '../stereo/stereo-signs.js';

/** A single bond beside a stereo bond, in the direction of the text. */
export interface Arm {
  readonly bond: number;
  readonly from: number;
  readonly to: number;
  /** Where its symbol stands in the text. */
  readonly place: number;
}

/** A stereo bond with the arms at its ends. */
export interface MarkedBond {
  readonly stereo: StereoBond;
  readonly arms: readonly [readonly Arm[], readonly Arm[]];
}

/** Two marks, as signs, that must be equal (1) or opposite (−1). */
interface Relation {
  readonly first: number;
  readonly second: number;
  readonly product: number;
}

/**
 * The marks `/` (1) and `\` (−1) on single bonds that fix the sides of double bonds: one at each end, shared where two
 * double bonds are neighbours. Of those that depend on each other the first in the text is `/`.
 *
 * @param bonds in the order of the text
 * @returns the mark of each bond; undefined where sharing leads to a contradiction, as in some annulenes
 */
export function directionMarks(bonds: readonly MarkedBond[]): Map<number, number> | undefined {
  const chosen = chooseArms(bonds);
  const relations = bonds.flatMap((bond) => relationsAt(bond, chosen));
  const marks = new Map<number, number>();
  for (const start of chosen) {
    if (marks.has(start)) continue;
    marks.set(start, 1);
    const queue = [start];
    for (const bond of queue) {
      for (const { first, second, product } of relations) {
        if (first !== bond && second !== bond) continue;
        const other = first === bond ? second : first;
        const mark = (marks.get(bond) ?? 1) * product;
        const known = marks.get(other);
        if (known !== undefined && known !== mark) return undefined;
        if (known === undefined) queue.push(other);
        marks.set(other, mark);
      }
    }
  }
  return marks;
}

/**
 * One arm for each end that has none yet: one that is the arm of as few ends as possible, of these the first in the
 * text. In the order of the text.
 */
function chooseArms(bonds: readonly MarkedBond[]): number[] {
  const uses = new Map<number, number>();
  const ends = bonds.flatMap(({ arms }) => arms);
  for (const { bond } of ends.flat()) uses.set(bond, (uses.get(bond) ?? 0) + 1);
  const chosen = new Set<number>();
  for (const arms of ends) {
    if (arms.some(({ bond }) => chosen.has(bond))) continue;
    const [best] = arms.toSorted((a, b) => (uses.get(a.bond) ?? 0) - (uses.get(b.bond) ?? 0) || a.place - b.place);
    if (best) chosen.add(best.bond);
  }
  const places = new Map(ends.flat().map(({ bond, place }) => [bond, place]));
  return [...chosen].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

function relationsAt({ stereo, arms }: MarkedBond, chosen: readonly number[]): Relation[] {
  const [left, right] = arms.map((list) => list.filter(({ bond }) => chosen.includes(bond)));
  const [, b, c] = stereo.atoms;
  const relation = (p: Arm, q: Arm, isSame: boolean, ends: readonly [number, number]): Relation => ({
    first: p.bond,
    second: q.bond,
    product: (p.from === ends[0] ? 1 : -1) * (q.from === ends[1] ? 1 : -1) * (isSame ? 1 : -1),
  });
  const opposite = (list: Arm[], end: number) =>
    list.length === 2 ? [relation(list[0], list[1], false, [end, end])] : [];
  const far = (arm: Arm, end: number): number => (arm.from === end ? arm.to : arm.from);
  const across =
    left[0] && right[0]
      ? [relation(left[0], right[0], sideFor(stereo, far(left[0], b), far(right[0], c)) === 'cis', [b, c])]
      : [];
  return [...across, ...opposite(left, b), ...opposite(right, c)];
}

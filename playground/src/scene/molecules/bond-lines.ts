import { Vector3 } from 'three';
import type { ReadMolecule } from '../../engine/molecules-types.js';

/** One of the sticks that a bond is drawn by. */
export interface BondLine {
  readonly begin: number;
  readonly end: number;
  /** In ångström. */
  readonly radius: number;
  /** How far beside the line of the atoms it lies, towards {@link beside}. */
  readonly shift: number;
  /** An atom that says in which plane bonds of several sticks lie. */
  readonly beside: number | undefined;
}

const AROMATIC = 12;

/** Radii and shifts of the sticks by the type of the bond. */
const STICKS: Readonly<Record<number, readonly (readonly [radius: number, shift: number])[]>> = {
  1: [[0.1, 0]],
  2: [
    [0.065, 0.11],
    [0.065, -0.11],
  ],
  3: [
    [0.055, 0.16],
    [0.055, 0],
    [0.055, -0.16],
  ],
  [AROMATIC]: [
    [0.09, 0],
    [0.04, 0.24],
  ],
};

/** The sticks of all bonds. */
export function bondLines({ bonds }: Pick<ReadMolecule, 'bonds'>): BondLine[] {
  const { begin, end, type } = bonds;
  /** A neighbour of either end, in the same ring where the bond is aromatic. */
  const besideOf = (bond: number): number | undefined => {
    const ends = [begin[bond], end[bond]];
    const near = [...begin.keys()].filter(
      (other) => other !== bond && (ends.includes(begin[other]) || ends.includes(end[other])),
    );
    const chosen = near.find((other) => type[other] === type[bond] && type[bond] === AROMATIC) ?? near[0];
    if (chosen === undefined) return undefined;
    return ends.includes(begin[chosen]) ? end[chosen] : begin[chosen];
  };
  return [...begin.keys()].flatMap((bond) =>
    (STICKS[type[bond]] ?? STICKS[1]).map(([radius, shift]) => ({
      begin: begin[bond],
      end: end[bond],
      radius,
      shift,
      beside: shift === 0 ? undefined : besideOf(bond),
    })),
  );
}

const [along, aside] = [new Vector3(), new Vector3()];

/** How far a stick is moved aside, as atoms lie now. */
export function shiftOf(
  { shift, beside }: BondLine,
  from: Vector3,
  to: Vector3,
  at: (atom: number) => Vector3,
): Vector3 {
  if (shift === 0) return aside.set(0, 0, 0);
  along.subVectors(to, from).normalize();
  aside.set(along.y, along.z, -along.x);
  if (beside !== undefined) aside.subVectors(at(beside), from);
  aside.addScaledVector(along, -aside.dot(along));
  if (aside.lengthSq() < 1e-6) aside.set(-along.y, along.x, 0.1).addScaledVector(along, -0.1 * along.z);
  return aside.setLength(shift);
}

/** What may be wrong with a conformer. */
export type FindingKind =
  | 'not finite'
  | 'bond length'
  | 'narrow angle'
  | 'clash'
  | 'not planar'
  | 'wrong hand'
  | 'flat centre'
  | 'wrong side'
  | 'twisted double bond';

/** One thing that is wrong with a conformer. */
export interface Finding {
  readonly kind: FindingKind;
  /** The atoms that are meant, from 0. */
  readonly atoms: readonly number[];
  /** What was measured, and what it should not pass: both in the unit that the text names. */
  readonly value: number;
  readonly limit: number;
  /** `clash: C3 and H17 are 1.41 Å apart, expected at least 1.94 Å`, atoms counted from 1. */
  readonly text: string;
}

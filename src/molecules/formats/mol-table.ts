import { show } from '../../common/checks.js';
import { elementNumber } from '../elements.js';
import type { BlockReader } from './sdf-block.js';

/** An atom of a MOL block. */
export interface MolAtom {
  readonly atomicNumber: number;
  readonly charge: number;
  /** 0, or the multiplicity: 1 singlet, 2 doublet, 3 triplet. */
  readonly radical: number;
  readonly position: readonly [number, number, number];
}

/** A bond of a MOL block; atoms are counted from 0. */
export interface MolBond {
  readonly begin: number;
  readonly end: number;
  /** 1, 2, 3, or 4 for aromatic. */
  readonly type: number;
  /** Of a drawing: the wedge at `begin`, or `either` for a bond that leaves stereo open. */
  readonly wedge: 'up' | 'down' | 'either' | undefined;
}

/** A connection table as its file gives it: the atoms in its order, hydrogens where they are written. */
export interface ConnectionTable {
  readonly atoms: readonly MolAtom[];
  readonly bonds: readonly MolBond[];
}

/** A decimal number. */
export function readNumber(reader: BlockReader, text: string, what: string): number {
  const trimmed = text.trim();
  const value = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw reader.error(`${what} must be a number, not ${show(trimmed)}`);
}

/** A whole number; blank text counts as `blank` where that is given. */
export function readInteger(reader: BlockReader, text: string, what: string, blank?: number): number {
  const trimmed = text.trim();
  if (trimmed === '' && blank !== undefined) return blank;
  if (/^[+-]?\d{1,9}$/.test(trimmed)) return Number(trimmed);
  throw reader.error(`${what} must be a whole number, not ${show(trimmed)}`);
}

/** An atom's number in the file, from 1, as a place in a list. */
export function readAtomNumber(reader: BlockReader, text: string, atoms: number): number {
  const number = readInteger(reader, text, 'the number of an atom');
  if (number >= 1 && number <= atoms) return number - 1;
  throw reader.error(`there is no atom ${number}: the molecule has ${atoms}`);
}

/** Isotopes of hydrogen have symbols of their own; isotopes count as their element. */
export function readElement(reader: BlockReader, symbol: string): number {
  if (symbol === 'D' || symbol === 'T') return 1;
  const number = elementNumber(symbol);
  if (number !== undefined) return number;
  throw reader.error(`${show(symbol)} is no element; query atoms and groups cannot be read`);
}

export function readBondType(reader: BlockReader, text: string): number {
  const type = readInteger(reader, text, 'the type of a bond');
  if (type >= 1 && type <= 4) return type;
  throw reader.error(`bonds of type ${type} cannot be read; known are 1, 2, 3 and 4 (aromatic)`);
}

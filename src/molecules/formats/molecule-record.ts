import type { UserError } from '../../common/errors.js';
import type { Bonds, Molecule } from '../molecule.js';

/** A molecule as a file has it, with its conformers where there are some: not yet checked against each other. */
export interface MoleculeRecord {
  /** What the file calls it, or empty. */
  readonly name: string;
  /** As it is written in the file, or that of what the file draws. */
  readonly smiles: string;
  /** The molecule with its atoms in the order of the conformers, where the file says all that belongs to it. */
  readonly molecule?: Molecule;
  /** In the order of the conformers. */
  readonly atomicNumbers: Uint8Array;
  /** Which atoms are bonded, where the file says so. */
  readonly bonds?: Pick<Bonds, 'begin' | 'end'>;
  /** ångström, [atoms · 3] per conformer. */
  readonly conformers: readonly Float32Array[];
  /** kcal/mol over any zero, one per conformer. */
  readonly energies?: readonly number[];
  /** One per conformer, of any sum. */
  readonly weights?: readonly number[];
  /** How the conformers were made, as the file says it: `GFN2-xTB`. */
  readonly method?: string;
  /** What else the file says of it, by name. */
  readonly properties?: ReadonlyMap<string, string>;
}

/**
 * What a reader finds, one after the other, and the place in the file: a record, or what is wrong with it. `number` is
 * that of the record, from 1, where the line alone does not identify it.
 */
export type MoleculeRecordResult =
  | { readonly record: MoleculeRecord; readonly where: string; readonly number?: number }
  | { readonly error: string; readonly where: string };

/** An error of a reader of text, which knows its line. */
export const errorAt = ({ problem, details }: UserError, source: string): MoleculeRecordResult => ({
  error: problem,
  where: `${source}:${details.line}`,
});

/** Where a record is: `molecules.sdf:17: record 2`. */
export const placeOf = ({ where, number }: { readonly where: string; readonly number?: number }): string =>
  number === undefined ? where : `${where}: record ${number}`;

/** The properties that may hold a conformer's energy in kcal/mol. */
const ENERGIES = ['energy', 'rel_kcal'];

/** What the properties of one conformer say of its energy and of how it was made. */
export function ofProperties(properties: ReadonlyMap<string, string>): Partial<MoleculeRecord> {
  const text = ENERGIES.map((key) => properties.get(key)).find((value) => value !== undefined);
  const energy = Number(text);
  const isKnown = text !== undefined && text.trim() !== '' && Number.isFinite(energy);
  return { ...(isKnown && { energies: [energy] }), method: properties.get('method'), properties };
}

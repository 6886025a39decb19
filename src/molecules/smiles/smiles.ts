import { UserError } from '../../common/errors.js';
import { adjacencyOf, ringBonds } from '../bond-graph/adjacency.js';
import { elementSymbol } from '../elements.js';
import type { Molecule } from '../molecule.js';
import { moleculeOf } from '../molecule-of-structure.js';
import { completeStructure, requireOneMolecule } from '../perception/lewis-structure.js';
import { StructureError, type WrittenBond, type WrittenMolecule } from '../perception/written-molecule.js';
import { SmilesError } from './error.js';
import { type SmilesGraph, smilesGraph } from './graph.js';
import { writeSmiles } from './writer.js';
import { smilesStereo } from './written-stereo.js';

/** What {@link parseSmiles} accepts. */
export interface SmilesOptions {
  /** What to call the molecule. */
  readonly name?: string;
  /** Molecules with more atoms, hydrogens included, are refused. Default 2,000. */
  readonly maxAtoms?: number;
  /** Atomic numbers; molecules with others are refused. Default: all. */
  readonly elements?: ReadonlySet<number>;
  /** What the error of a larger molecule advises; default to use a smaller one. */
  readonly tooLarge?: string;
}

const MOST_ATOMS = 2000;
export const TAKE_SMALLER = 'use a smaller one';
const EMPTY = 'there is no atom in it; write a SMILES such as CCO';

/**
 * Reads a SMILES (OpenSMILES 1.0): one molecule, with all its hydrogens. Isotopes count as their elements; `/`, `\`,
 * `@` and `@@` are honoured; groups drawn with too many bonds, such as N(=O)=O, are written with charges.
 *
 * @throws SmilesError, a UserError with the place in the text, for what is no molecule or not a supported one
 */
export function parseSmiles(text: string, options: SmilesOptions = {}): Molecule {
  const { name = '', elements } = options;
  if (text.trim() === '') throw new SmilesError(text, undefined, EMPTY);
  const graph = smilesGraph(text.trimEnd());
  if (graph.atoms.length === 0) throw new SmilesError(graph.text, undefined, EMPTY);
  // Before the elements: those of a salt are seldom supported, and its organic part may be.
  placed(graph, () => requireOneMolecule(adjacencyOf(graph.atoms.length, endsOf(graph))));
  requireSupported(graph, elements);
  requireAtMost(graph.text, graph.atoms.length, options);
  const { structure, places } = placed(graph, () => completeStructure(writtenFrom(graph)));
  requireAtMost(graph.text, structure.atomicNumbers.length, options);
  const stereo = smilesStereo(graph, structure, places);
  const molecule = moleculeOf(structure, stereo, name);
  for (const { ends, position } of stereo.conflicts) {
    if (!molecule.stereoBonds.some(({ atoms }) => atoms[1] === ends[0] && atoms[2] === ends[1])) continue;
    throw new SmilesError(graph.text, position, 'this mark contradicts another at the same double bond; reverse one');
  }
  return molecule;
}

function requireSupported({ text, atoms }: SmilesGraph, elements: ReadonlySet<number> | undefined): void {
  const wrong = atoms.find(({ atomicNumber }) => elements && !elements.has(atomicNumber));
  if (!wrong || !elements) return;
  const known = [...elements].sort((a, b) => a - b).map(elementSymbol);
  const problem = `${elementSymbol(wrong.atomicNumber)} is not supported here; known are ${known.join(', ')}`;
  throw new SmilesError(text, wrong.position, problem);
}

function requireAtMost(
  text: string,
  atoms: number,
  { maxAtoms = MOST_ATOMS, tooLarge = TAKE_SMALLER }: SmilesOptions,
): void {
  if (atoms <= maxAtoms) return;
  const problem = `the molecule has ${atoms} atoms or more, at most ${maxAtoms} are allowed; ${tooLarge}`;
  throw new SmilesError(text, undefined, problem);
}

/** What an action gives; faults of an atom that it finds are reported with their place in the text. */
function placed<T>({ text, atoms }: SmilesGraph, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof StructureError)) throw error;
    throw new SmilesError(text, atoms[error.atom].position, error.message);
  }
}

const endsOf = ({ bonds }: SmilesGraph) => ({ begin: bonds.map(({ from }) => from), end: bonds.map(({ to }) => to) });

function writtenFrom(graph: SmilesGraph): WrittenMolecule {
  const { atoms, bonds } = graph;
  const adjacency = adjacencyOf(atoms.length, endsOf(graph));
  const inRing = ringBonds(adjacency, bonds.length);
  const written = bonds.map((_, bond) => writtenBond(graph, bond, inRing[bond] === 1));
  atoms.forEach(({ isAromatic, position }, atom) => {
    if (!isAromatic || adjacency[atom].some(({ bond }) => written[bond].order === 'aromatic')) return;
    throw new SmilesError(
      graph.text,
      position,
      'an aromatic atom (lower case) must be in a ring of them; use upper case',
    );
  });
  return { atoms, bonds: written };
}

function writtenBond({ text, atoms, bonds }: SmilesGraph, bond: number, isInRing: boolean): WrittenBond {
  const { from, to, symbol, position } = bonds[bond];
  const canBeAromatic = isInRing && atoms[from].isAromatic && atoms[to].isAromatic;
  if (symbol === ':' && !canBeAromatic) {
    throw new SmilesError(text, position, 'an aromatic bond joins two aromatic atoms (lower case) in a ring; write -');
  }
  const isOpen = symbol === undefined || symbol === ':' || symbol === '/' || symbol === '\\';
  const order = symbol === '=' ? 2 : symbol === '#' ? 3 : isOpen && canBeAromatic ? 'aromatic' : 1;
  return { begin: from, end: to, order };
}

/** A line of a file of SMILES: its molecule, or what is wrong with it and where. */
export type SmilesLine = { readonly line: number } & (
  | { readonly molecule: Molecule }
  | { readonly error: string; readonly position: number | undefined }
);

/**
 * Reads the text of a `.smi` file: on each line a SMILES and, after a blank, comma or semicolon, a name. Empty lines
 * and comments (`#`) are skipped. A bad line gives an error, and reading continues.
 *
 * @param source the file's name, for error messages
 */
export function* readSmilesLines(
  text: string,
  source: string,
  options: Omit<SmilesOptions, 'name'> = {},
): Generator<SmilesLine, void> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  for (const [at, line] of lines.entries()) {
    const result = readSmilesLine({ number: at + 1, text: line }, source, options);
    if (result) yield result;
  }
}

/** One line of such a file; undefined for one that is skipped. */
export function readSmilesLine(
  { number, text }: { readonly number: number; readonly text: string },
  source: string,
  options: Omit<SmilesOptions, 'name'> = {},
): SmilesLine | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.startsWith('#')) return undefined;
  const [smiles] = trimmed.split(/[\s,;]/, 1);
  const name = trimmed.slice(smiles.length + 1).trim();
  try {
    return { line: number, molecule: parseSmiles(smiles, { ...options, name }) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const position = error instanceof SmilesError ? error.position : undefined;
    return { line: number, error: `${source}, line ${number}: ${error.message}`, position };
  }
}

/** What {@link canonicalSmiles} writes. */
export interface CanonicalOptions {
  /** Whether the text says the stereo. Default true. */
  readonly stereo?: boolean;
}

/** A SMILES that depends on what the molecule is, not on the order of its atoms: the same one for the same molecule. */
export function canonicalSmiles(molecule: Molecule, { stereo = true }: CanonicalOptions = {}): string {
  return stereo ? molecule.smiles : writeSmiles({ ...molecule, centres: [], stereoBonds: [] });
}

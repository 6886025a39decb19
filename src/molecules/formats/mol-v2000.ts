import { show } from '../../common/checks.js';
import {
  type ConnectionTable,
  type MolAtom,
  type MolBond,
  readAtomNumber,
  readBondType,
  readElement,
  readInteger,
  readNumber,
} from './mol-table.js';
import type { BlockReader } from './sdf-block.js';

/** Reads what follows the line of counts, with that line, up to `M  END`. */
export function readV2000(reader: BlockReader, counts: string): ConnectionTable {
  const atomCount = readCount(reader, counts, 0, 'atoms');
  const bondCount = readCount(reader, counts, 3, 'bonds');
  const atoms = Array.from({ length: atomCount }, () => readAtom(reader, reader.line('an atom')));
  const bonds = Array.from({ length: bondCount }, () => readBond(reader, reader.line('a bond'), atomCount));
  return { atoms: withProperties(reader, atoms), bonds };
}

function readCount(reader: BlockReader, line: string, at: number, what: string): number {
  const text = line.slice(at, at + 3).trim();
  if (/^\d+$/.test(text)) return Number(text);
  throw reader.error(`expected the line of counts with the number of ${what}, found ${show(line.slice(0, 40))}`);
}

/** Fixed columns; lines that do not keep to them are split at blanks. */
function readAtom(reader: BlockReader, line: string): MolAtom {
  const columns = [line.slice(0, 10), line.slice(10, 20), line.slice(20, 30), line.slice(31, 34), line.slice(36, 39)];
  const isFixed = columns.slice(0, 3).every((text) => /^ *\S+$/.test(text)) && /^[A-Za-z]/.test(columns[3]);
  const words = isFixed ? columns : line.trim().split(/\s+/).toSpliced(4, 1);
  if (words.length < 4) throw reader.error(`expected x, y, z and the symbol of an atom, found ${show(line.trim())}`);
  const [x, y, z] = words.slice(0, 3).map((text, axis) => readNumber(reader, text, `coordinate ${'xyz'[axis]}`));
  return {
    atomicNumber: readElement(reader, words[3].trim()),
    ...chargeOfCode(reader, words[4] ?? ''),
    position: [x, y, z],
  };
}

/** The code of the atom line: 1 to 3 and 5 to 7 are charges from +3 to −3, 4 is a doublet. */
function chargeOfCode(reader: BlockReader, text: string): Pick<MolAtom, 'charge' | 'radical'> {
  const code = readInteger(reader, text, 'the code of the charge', 0);
  if (code < 0 || code > 7) throw reader.error(`the code of the charge must be 0 to 7, not ${code}`);
  return { charge: code === 0 || code === 4 ? 0 : 4 - code, radical: code === 4 ? 2 : 0 };
}

const WEDGES: Readonly<Record<number, MolBond['wedge']>> = { 1: 'up', 6: 'down', 3: 'either', 4: 'either' };

function readBond(reader: BlockReader, line: string, atoms: number): MolBond {
  const columns = [0, 3, 6, 9].map((at) => line.slice(at, at + 3));
  const isFixed = columns.slice(0, 3).every((text) => /^ *\d+$/.test(text));
  const words = isFixed ? columns : line.trim().split(/\s+/);
  if (words.length < 3) throw reader.error(`expected two atoms and the type of a bond, found ${show(line.trim())}`);
  const begin = readAtomNumber(reader, words[0], atoms);
  const end = readAtomNumber(reader, words[1], atoms);
  const type = readBondType(reader, words[2]);
  return { begin, end, type, wedge: WEDGES[readInteger(reader, words[3] ?? '', 'the stereo of a bond', 0)] };
}

/** Charges and radicals of the lines `M  CHG` and `M  RAD`, which make those of the atom lines void. */
function withProperties(reader: BlockReader, atoms: readonly MolAtom[]): MolAtom[] {
  const found: Record<'charge' | 'radical', Map<number, number>> = { charge: new Map(), radical: new Map() };
  let isVoid = false;
  for (let line = reader.line('M  END'); !/^M {2}END/.test(line); line = reader.line('M  END')) {
    if (line.startsWith('A  ')) reader.line('the text of an atom');
    const kind = line.startsWith('M  CHG') ? 'charge' : line.startsWith('M  RAD') ? 'radical' : undefined;
    if (kind === undefined) continue;
    isVoid = true;
    readPairs(reader, line, atoms.length).forEach(([atom, value]) => {
      found[kind].set(atom, value);
    });
  }
  if (!isVoid) return [...atoms];
  return atoms.map((atom, k) => ({ ...atom, charge: found.charge.get(k) ?? 0, radical: found.radical.get(k) ?? 0 }));
}

/** `M  CHG  2   1   1   5  -1`: how many, then atoms and values. */
function readPairs(reader: BlockReader, line: string, atoms: number): [number, number][] {
  const [count, ...words] = line.slice(6).trim().split(/\s+/);
  const length = readInteger(reader, count, 'the number of entries');
  if (words.length < 2 * length)
    throw reader.error(`the line announces ${length} entries and has ${words.length >> 1}`);
  return Array.from({ length }, (_, k) => [
    readAtomNumber(reader, words[2 * k], atoms),
    readInteger(reader, words[2 * k + 1], 'the value'),
  ]);
}

import { show } from '../../common/checks.js';
import {
  type ConnectionTable,
  type MolAtom,
  type MolBond,
  readBondType,
  readElement,
  readInteger,
  readNumber,
} from './mol-table.js';
import type { BlockReader } from './sdf-block.js';

/** Reads what follows the line of counts up to `M  END`; of the connection table only atoms and bonds count. */
export function readV3000(reader: BlockReader): ConnectionTable {
  const atoms: MolAtom[] = [];
  const bonds: MolBond[] = [];
  const places = new Map<string, number>();
  let announced = [0, 0];
  let section = '';
  for (let words = nextWords(reader); words !== undefined; words = nextWords(reader)) {
    const [first, second] = words;
    if (first === 'BEGIN') section = second ?? '';
    else if (first === 'END') section = 'CTAB';
    else if (first === 'COUNTS') announced = words.slice(1, 3).map((text) => readInteger(reader, text, 'a count'));
    else if (section === 'ATOM') {
      if (places.has(first)) throw reader.error(`duplicate atom ${first}`);
      places.set(first, atoms.length);
      atoms.push(readAtom(reader, words));
    } else if (section === 'BOND') bonds.push(readBond(reader, words, places));
  }
  if (announced[0] !== atoms.length || announced[1] !== bonds.length) {
    const found = `${atoms.length} atoms and ${bonds.length} bonds`;
    throw reader.error(`the counts announce ${announced[0]} atoms and ${announced[1]} bonds, the record has ${found}`);
  }
  return { atoms, bonds };
}

/** The words of a line after `M  V30`, with the lines that a `-` at its end goes on in; undefined for `M  END`. */
function nextWords(reader: BlockReader): string[] | undefined {
  let text = '';
  for (;;) {
    const line = reader.line('M  END').trimEnd();
    if (/^M {2}END/.test(line)) return undefined;
    if (!line.startsWith('M  V30')) throw reader.error(`expected M  V30 or M  END, found ${show(line.slice(0, 40))}`);
    text += line.slice(6);
    if (!text.endsWith('-')) break;
    text = text.slice(0, -1);
  }
  return text.trim().split(/\s+/);
}

/** `index type x y z aamap [CHG=…] [RAD=…]` */
function readAtom(reader: BlockReader, words: readonly string[]): MolAtom {
  if (words.length < 6) throw reader.error('expected the number, symbol, x, y, z and map number of an atom');
  const [x, y, z] = words.slice(2, 5).map((text, axis) => readNumber(reader, text, `coordinate ${'xyz'[axis]}`));
  return {
    atomicNumber: readElement(reader, words[1]),
    charge: option(reader, words, 'CHG'),
    radical: option(reader, words, 'RAD'),
    position: [x, y, z],
  };
}

const WEDGES: Readonly<Record<number, MolBond['wedge']>> = { 1: 'up', 2: 'either', 3: 'down' };

/** `index type atom1 atom2 [CFG=…]` */
function readBond(reader: BlockReader, words: readonly string[], places: ReadonlyMap<string, number>): MolBond {
  if (words.length < 4) throw reader.error('expected the number, type and two atoms of a bond');
  const [begin, end] = words.slice(2, 4).map((text) => {
    const place = places.get(text);
    if (place === undefined) throw reader.error(`there is no atom ${show(text)} for this bond`);
    return place;
  });
  return { begin, end, type: readBondType(reader, words[1]), wedge: WEDGES[option(reader, words, 'CFG')] };
}

function option(reader: BlockReader, words: readonly string[], key: string): number {
  const word = words.find((text) => text.startsWith(`${key}=`));
  return word === undefined ? 0 : readInteger(reader, word.slice(key.length + 1), key);
}

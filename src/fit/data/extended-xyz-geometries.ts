import { readExtendedXyz, type XyzStructure } from '../../files/extended-xyz.js';
import { textLines } from '../../files/text-lines.js';
import { elementSymbol } from '../../molecules/elements.js';
import { unitsInTexts } from '../units.js';
import { errorAt, type Geometry } from './geometry.js';
import { type GeometrySource, sayWhere } from './geometry-set.js';
import { isInfinite, numbersOfInfo, truthsOfInfo } from './info-values.js';

/** Names of columns of atomic numbers, which stand for species where a file has none. */
const ATOMIC_NUMBERS = ['Z', 'numbers', 'atomic_numbers'];

/**
 * The geometries of a file of extended XYZ, by ASE's conventions. Columns and keys of the comment line keep their names
 * (`REF_energy`); `Lattice` is the cell, row by row, and `pbc` says along which of its vectors a geometry repeats (all
 * where it says nothing). `energy_unit` and `length_unit` say the units of energies and forces. `nan` in a column, and `None` or `null` for a value, stand for what is missing.
 */
export async function* read(bytes: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<Geometry> {
  for await (const result of readExtendedXyz(textLines(bytes, source), source, { ownNames: true, missing: true })) {
    if ('error' in result) throw result.error;
    yield geometryOfStructure(result.structure, { file: source, line: result.line });
  }
}

/** Whether a key without a value is a word of free text (`energy:`, `-12.5`), as plain XYZ has it, and no mark. */
const isFreeText = (name: string, text: string): boolean => text === 'T' && !/^[a-z_][\w-]*$/i.test(name);

/** @throws UserError with the place for what is no cell, and numbers that are no elements */
export function geometryOfStructure(structure: XyzStructure, source: GeometrySource): Geometry {
  const { Lattice: lattice, pbc, ...info } = structure.info;
  const inComment = source.line === undefined ? source : { ...source, line: source.line + 1 };
  const texts: Record<string, string> = {};
  const ofGraphs: Record<string, Float64Array> = {};
  const setAside: Record<string, string> = {};
  for (const [name, text] of Object.entries(info)) {
    if (/^(none|null|)$/i.test(text) || isFreeText(name, text)) continue;
    const numbers = numbersOfInfo(text);
    if (numbers) ofGraphs[name] = numbers;
    else texts[name] = text;
    if (isInfinite(text)) setAside[name] = `is "${text}" in ${sayWhere(inComment)}, not finite`;
  }
  const ofNodes = [...structure.arrays].map(([name, { columns, data }]) => [name, { width: columns, data }] as const);
  return {
    species: speciesOf(structure, source),
    positions: structure.positions,
    ...(lattice !== undefined && { cell: cellOfLattice(lattice, inComment) }),
    ...(pbc !== undefined && { periodic: periodicOf(pbc, inComment) }),
    ofNodes: Object.fromEntries(ofNodes),
    ofGraphs,
    texts,
    units: unitsInTexts(texts),
    setAside,
    source,
  };
}

function speciesOf({ species, arrays }: XyzStructure, source: GeometrySource): readonly string[] {
  const name = ATOMIC_NUMBERS.find((known) => arrays.get(known)?.columns === 1);
  const numbers = name === undefined ? undefined : arrays.get(name);
  if (!numbers || species.some((symbol) => symbol !== 'X')) return species;
  return Array.from(numbers.data, (number, atom) => {
    const symbol = elementSymbol(number);
    if (symbol === 'X' && number !== 0) throw errorAt(source, `${name} of atom ${atom + 1} is ${number}, no element`);
    return symbol;
  });
}

function cellOfLattice(text: string, source: GeometrySource): ArrayLike<number> {
  const numbers = numbersOfInfo(text);
  if (numbers?.length === 9) return numbers;
  if (numbers?.length !== 3) throw errorAt(source, `Lattice must be 9 numbers, not "${text.slice(0, 60)}"`);
  const [a, b, c] = numbers;
  return [a, 0, 0, 0, b, 0, 0, 0, c];
}

function periodicOf(text: string, source: GeometrySource): readonly boolean[] {
  const truths = truthsOfInfo(text);
  const [first] = truths ?? [];
  if (truths?.length === 3) return truths;
  if (truths?.length === 1) return [first, first, first];
  throw errorAt(source, `pbc must be three of T and F, as in pbc="T T F", not "${text.slice(0, 60)}"`);
}

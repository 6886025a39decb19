import { requireCoordinateCount } from '../coordinates.js';
import { elementSymbol } from '../elements.js';
import { atomCount, type Molecule } from '../molecule.js';
import { kekuleTypes } from '../perception/kekulize.js';
import { unpairedElectrons } from '../perception/valence.js';
import { formatProperties } from './sdf-properties.js';

/** What a record says in addition to the molecule: `> <energy>` and so on. */
export type SdfProperties = Readonly<Record<string, string | number>> | ReadonlyMap<string, string | number>;

/** What a MOL block holds, whatever its form. */
interface Table {
  readonly atoms: readonly { symbol: string; charge: number; radical: number; position: readonly string[] }[];
  /** Atoms from 1, and the order of the bond. */
  readonly bonds: readonly (readonly [begin: number, end: number, order: number])[];
  /** 1 where the molecule has a hand. */
  readonly chiral: 0 | 1;
}

/** The columns of V2000 have three digits. */
const MOST_IN_V2000 = 999;

/**
 * One record of an SDF: V2000, or V3000 for more than 999 atoms or bonds; all hydrogens, positions in space and no
 * wedges, aromatic bonds as single and double ones.
 *
 * @param coordinates Å, [atoms · 3]; four digits after the point are kept
 * @throws RangeError for another number of coordinates, and for what is not finite or does not fit its column
 */
export function writeSdf(molecule: Molecule, coordinates: ArrayLike<number>, properties: SdfProperties = {}): string {
  const table = tableOf(molecule, coordinates);
  const isLarge = Math.max(table.atoms.length, table.bonds.length) > MOST_IN_V2000;
  const head = [molecule.name.replace(/\s+/g, ' ').trim(), '  clofnet           3D', ''];
  const lines = [...head, ...(isLarge ? formatV3000(table) : formatV2000(table)), 'M  END'];
  const entries = properties instanceof Map ? properties : Object.entries(properties);
  return `${lines.join('\n')}\n${formatProperties(entries)}$$$$\n`;
}

function tableOf(molecule: Molecule, coordinates: ArrayLike<number>): Table {
  const count = atomCount(molecule);
  requireCoordinateCount(count, coordinates);
  const { begin, end } = molecule.bonds;
  const orders = kekuleTypes(molecule);
  const taken = new Int32Array(count);
  orders.forEach((order, bond) => {
    taken[begin[bond]] += order;
    taken[end[bond]] += order;
  });
  return {
    atoms: Array.from(molecule.atomicNumbers, (number, atom) => ({
      symbol: elementSymbol(number),
      charge: molecule.charges[atom],
      radical: radicalOf(unpairedElectrons(number, molecule.charges[atom], taken[atom])),
      position: [0, 1, 2].map((axis) => formatCoordinate(coordinates[3 * atom + axis], atom)),
    })),
    bonds: Array.from(begin, (i, k) => [i + 1, end[k] + 1, orders[k]] as const),
    chiral: molecule.centres.some(({ hand }) => hand !== 0) ? 1 : 0,
  };
}

/** One unpaired electron is a doublet (2), two or more are taken for a triplet (3). */
const radicalOf = (unpaired: number): number => (unpaired === 0 ? 0 : Math.min(unpaired, 2) + 1);

function formatCoordinate(value: number, atom: number): string {
  const text = value.toFixed(4);
  if (Number.isFinite(value) && text.length <= 10) return text === '-0.0000' ? '0.0000' : text;
  throw new RangeError(`a coordinate of atom ${atom + 1} is ${value}, which no SDF can hold`);
}

const columns = (...numbers: number[]): string => numbers.map((number) => String(number).padStart(3)).join('');

function formatV2000({ atoms, bonds, chiral }: Table): string[] {
  return [
    `${columns(atoms.length, bonds.length, 0, 0, chiral, 0, 0, 0, 0, 0)}999 V2000`,
    ...atoms.map(({ symbol, position }) => {
      const place = position.map((text) => text.padStart(10)).join('');
      return `${place} ${symbol.padEnd(3)} 0${columns(...new Array<number>(11).fill(0))}`;
    }),
    ...bonds.map(([begin, end, order]) => columns(begin, end, order, 0)),
    ...propertyLines(
      'CHG',
      atoms.map(({ charge }) => charge),
    ),
    ...propertyLines(
      'RAD',
      atoms.map(({ radical }) => radical),
    ),
  ];
}

/** `M  CHG  2   1   1   5  -1`: up to eight atoms a line. */
function propertyLines(key: string, values: readonly number[]): string[] {
  const entries = values.flatMap((value, atom) =>
    value === 0 ? [] : [` ${String(atom + 1).padStart(3)} ${String(value).padStart(3)}`],
  );
  return Array.from({ length: Math.ceil(entries.length / 8) }, (_, line) => {
    const some = entries.slice(8 * line, 8 * line + 8);
    return `M  ${key}${columns(some.length)}${some.join('')}`;
  });
}

function formatV3000({ atoms, bonds, chiral }: Table): string[] {
  const option = (key: string, value: number): string => (value === 0 ? '' : ` ${key}=${value}`);
  const lines = [
    'BEGIN CTAB',
    `COUNTS ${atoms.length} ${bonds.length} 0 0 ${chiral}`,
    'BEGIN ATOM',
    ...atoms.map(({ symbol, position, charge, radical }, k) => {
      return `${k + 1} ${symbol} ${position.join(' ')} 0${option('CHG', charge)}${option('RAD', radical)}`;
    }),
    'END ATOM',
    'BEGIN BOND',
    ...bonds.map(([begin, end, order], k) => `${k + 1} ${order} ${begin} ${end}`),
    'END BOND',
    'END CTAB',
  ];
  return ['  0  0  0     0  0            999 V3000', ...lines.map((line) => `M  V30 ${line}`)];
}

import type { SafetensorsFile, StoredTensor } from '../../files/safetensors.js';
import type { Molecule, StereoBond } from '../../molecules/molecule.js';
import type { Ensemble } from './ensemble.js';
import { theoryLevels } from './ensemble.js';

/** To which part of the training a molecule belongs. */
export const splitNames = ['train', 'valid', 'test'] as const;
/** A part of a data set. */
export type SplitName = (typeof splitNames)[number];

/** All of an ensemble but its positions, which may be elsewhere. */
export interface EnsembleEntry extends Omit<Ensemble, 'conformers'> {
  readonly conformerCount: number;
  readonly split: SplitName;
}

/** Bits of `molecules.known`: what the file knows of a molecule's conformers. */
export const KNOWN = { energies: 1, weights: 2 } as const;

/** Numbers of `stereo_bonds.side`. */
export const SIDES = ['open', 'cis', 'trans'] as const satisfies readonly StereoBond['side'][];

/** The arrays of whole numbers that say how much of every other array belongs to each molecule. */
export const COUNTS = [
  'molecules.atoms',
  'molecules.bonds',
  'molecules.centres',
  'molecules.stereo_bonds',
  'molecules.conformers',
  'molecules.name_bytes',
  'molecules.smiles_bytes',
] as const;

/** All arrays of the layout but `positions`, F32 [atoms of all conformers, 3]. */
export function encodeTables(entries: readonly EnsembleEntry[]): SafetensorsFile['tensors'] {
  const molecules = entries.map(({ molecule }) => molecule);
  return new Map([
    ...countTables(entries),
    ['molecules.level', bytes(entries.map(({ level }) => theoryLevels.indexOf(level)))],
    ['molecules.known', bytes(entries.map(knownBits))],
    ['molecules.split', bytes(entries.map(({ split }) => splitNames.indexOf(split)))],
    ...atomTables(molecules),
    ...bondTables(molecules),
    ...stereoTables(molecules),
    ['conformers.energy', floats(entries.map(({ energies }) => energies))],
    ['conformers.weight', floats(entries.map(({ weights }) => weights))],
    ['names', text(molecules.map(({ name }) => name))],
    ['smiles', text(molecules.map(({ smiles }) => smiles))],
  ]);
}

type Tables = [string, StoredTensor][];

function countTables(entries: readonly EnsembleEntry[]): Tables {
  const length = (value: string) => new TextEncoder().encode(value).length;
  const columns: Record<(typeof COUNTS)[number], (entry: EnsembleEntry) => number> = {
    'molecules.atoms': ({ molecule }) => molecule.atomicNumbers.length,
    'molecules.bonds': ({ molecule }) => molecule.bonds.type.length,
    'molecules.centres': ({ molecule }) => molecule.centres.length,
    'molecules.stereo_bonds': ({ molecule }) => molecule.stereoBonds.length,
    'molecules.conformers': ({ conformerCount }) => conformerCount,
    'molecules.name_bytes': ({ molecule }) => length(molecule.name),
    'molecules.smiles_bytes': ({ molecule }) => length(molecule.smiles),
  };
  return COUNTS.map((name) => [name, integers(entries.map(columns[name]))]);
}

function knownBits({ energies, weights }: EnsembleEntry): number {
  return (energies ? KNOWN.energies : 0) | (weights ? KNOWN.weights : 0);
}

function atomTables(molecules: readonly Molecule[]): Tables {
  const charges = Int8Array.from(molecules.flatMap((molecule) => [...molecule.charges]));
  return [
    ['atoms.number', bytes(molecules.flatMap(({ atomicNumbers }) => [...atomicNumbers]))],
    ['atoms.charge', { dtype: 'I8', shape: [charges.length], data: charges }],
  ];
}

function bondTables(molecules: readonly Molecule[]): Tables {
  return [
    ['bonds.begin', integers(molecules.flatMap(({ bonds }) => [...bonds.begin]))],
    ['bonds.end', integers(molecules.flatMap(({ bonds }) => [...bonds.end]))],
    ['bonds.type', bytes(molecules.flatMap(({ bonds }) => [...bonds.type]))],
  ];
}

function stereoTables(molecules: readonly Molecule[]): Tables {
  const centres = molecules.flatMap((molecule) => molecule.centres);
  const stereoBonds = molecules.flatMap((molecule) => molecule.stereoBonds);
  const hands = Int8Array.from(centres, ({ hand }) => hand);
  return [
    ['centres.atom', integers(centres.map(({ atom }) => atom))],
    [
      'centres.around',
      integers(
        centres.flatMap(({ around }) => around),
        4,
      ),
    ],
    ['centres.hand', { dtype: 'I8', shape: [hands.length], data: hands }],
    [
      'stereo_bonds.atoms',
      integers(
        stereoBonds.flatMap(({ atoms }) => atoms),
        4,
      ),
    ],
    ['stereo_bonds.side', bytes(stereoBonds.map(({ side }) => SIDES.indexOf(side)))],
  ];
}

function integers(values: readonly number[], columns = 1): StoredTensor {
  const rows = values.length / columns;
  return { dtype: 'I32', shape: columns === 1 ? [rows] : [rows, columns], data: Int32Array.from(values) };
}

function bytes(values: readonly number[]): StoredTensor {
  return { dtype: 'U8', shape: [values.length], data: Uint8Array.from(values) };
}

function floats(parts: readonly (Float32Array | undefined)[]): StoredTensor {
  const data = Float32Array.from(parts.flatMap((part) => (part ? [...part] : [])));
  return { dtype: 'F32', shape: [data.length], data };
}

function text(values: readonly string[]): StoredTensor {
  return bytes([...new TextEncoder().encode(values.join(''))]);
}

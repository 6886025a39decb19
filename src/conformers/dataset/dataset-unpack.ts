import { UserError } from '../../common/errors.js';
import type { SafetensorsFile } from '../../files/safetensors.js';
import type { Molecule, StereoBond, TetrahedralCentre } from '../../molecules/molecule.js';
import type { DatasetManifest } from './dataset-manifest.js';
import { COUNTS, KNOWN, SIDES, type SplitName, splitNames } from './dataset-tables.js';
import { type Ensemble, type TheoryLevel, theoryLevels } from './ensemble.js';

/** A typed array, as far as it matters here. */
interface Flat<T> {
  readonly length: number;
  subarray(begin: number, end: number): T;
}

/** Takes the arrays of a file apart, molecule by molecule. */
export function unpackEnsembles(
  tensors: SafetensorsFile['tensors'],
  manifest: DatasetManifest,
  source: string,
): { ensembles: Ensemble[]; splits: SplitName[] } {
  const reader = new TableReader(tensors, source);
  const counts = COUNTS.map((name) => reader.counts(name, manifest.molecules));
  const levels = reader.all('molecules.level', Uint8Array, manifest.molecules);
  const known = reader.all('molecules.known', Uint8Array, manifest.molecules);
  const split = reader.all('molecules.split', Uint8Array, manifest.molecules);
  const ensembles: Ensemble[] = [];
  for (let i = 0; i < manifest.molecules; i++) {
    const [atoms, bonds, centres, stereoBonds, conformers, nameBytes, smilesBytes] = counts.map((column) => column[i]);
    const sizes = { atoms, bonds, centres, stereoBonds, nameBytes, smilesBytes };
    const molecule = readMolecule(reader, sizes, i);
    const level = levelOf(manifest.levels[levels[i]]);
    ensembles.push({ molecule, ...readConformers(reader, atoms, conformers, known[i]), level });
  }
  reader.finish();
  return { ensembles, splits: Array.from(split, (code) => splitNames[code] ?? 'train') };
}

interface MoleculeSizes {
  readonly atoms: number;
  readonly bonds: number;
  readonly centres: number;
  readonly stereoBonds: number;
  readonly nameBytes: number;
  readonly smilesBytes: number;
}

function readMolecule(reader: TableReader, sizes: MoleculeSizes, index: number): Molecule {
  const { atoms, bonds } = sizes;
  const begin = reader.take('bonds.begin', Int32Array, bonds);
  const end = reader.take('bonds.end', Int32Array, bonds);
  const inside = (atom: number) => atom >= 0 && atom < atoms;
  const molecule: Molecule = {
    name: decodeText(reader.take('names', Uint8Array, sizes.nameBytes)),
    smiles: decodeText(reader.take('smiles', Uint8Array, sizes.smilesBytes)),
    atomicNumbers: reader.take('atoms.number', Uint8Array, atoms),
    charges: reader.take('atoms.charge', Int8Array, atoms),
    bonds: { begin, end, type: reader.take('bonds.type', Uint8Array, bonds) },
    centres: readCentres(reader, sizes.centres),
    stereoBonds: readStereoBonds(reader, sizes.stereoBonds),
  };
  const stereo = [...molecule.centres.flatMap(({ atom, around }) => [atom, ...around])];
  stereo.push(...molecule.stereoBonds.flatMap(({ atoms: four }) => four));
  if (!begin.every((atom, k) => inside(atom) && atom < end[k] && inside(end[k])) || !stereo.every(inside)) {
    reader.damaged(`molecule ${index + 1} (${molecule.smiles}) has bonds to atoms that it has not`);
  }
  return molecule;
}

function readCentres(reader: TableReader, count: number): TetrahedralCentre[] {
  const atom = reader.take('centres.atom', Int32Array, count);
  const around = reader.take('centres.around', Int32Array, count * 4);
  const hand = reader.take('centres.hand', Int8Array, count);
  return Array.from(atom, (centre, i) => {
    return { atom: centre, around: four(around, i), hand: hand[i] > 0 ? 1 : hand[i] < 0 ? -1 : 0 };
  });
}

function readStereoBonds(reader: TableReader, count: number): StereoBond[] {
  const atoms = reader.take('stereo_bonds.atoms', Int32Array, count * 4);
  const side = reader.take('stereo_bonds.side', Uint8Array, count);
  return Array.from(side, (code, i) => ({ atoms: four(atoms, i), side: SIDES[code] ?? 'open' }));
}

function four(values: Int32Array, row: number): [number, number, number, number] {
  const at = row * 4;
  return [values[at], values[at + 1], values[at + 2], values[at + 3]];
}

function readConformers(
  reader: TableReader,
  atoms: number,
  count: number,
  known: number,
): Pick<Ensemble, 'conformers' | 'energies' | 'weights'> {
  const conformers = Array.from({ length: count }, () => reader.take('positions', Float32Array, atoms * 3));
  return {
    conformers,
    ...(known & KNOWN.energies && { energies: reader.take('conformers.energy', Float32Array, count) }),
    ...(known & KNOWN.weights && { weights: reader.take('conformers.weight', Float32Array, count) }),
  };
}

function levelOf(name: string | undefined): TheoryLevel {
  return theoryLevels.find((level) => level === name) ?? 'unknown';
}

/** A copy, as TextDecoder refuses shared memory. */
function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.slice());
}

/** Hands out the arrays of a file piece by piece, as views. */
class TableReader {
  readonly #tensors: SafetensorsFile['tensors'];
  readonly #source: string;
  readonly #taken = new Map<string, number>();

  constructor(tensors: SafetensorsFile['tensors'], source: string) {
    this.#tensors = tensors;
    this.#source = source;
  }

  /** The next `count` numbers of an array. */
  take<T extends Flat<T>>(name: string, kind: new () => T, count: number): T {
    const data = this.#array(name, kind);
    const from = this.#taken.get(name) ?? 0;
    if (from + count > data.length) this.damaged(`${name} ends too early`);
    this.#taken.set(name, from + count);
    return data.subarray(from, from + count);
  }

  /** A whole array of `count` numbers. */
  all<T extends Flat<T>>(name: string, kind: new () => T, count: number): T {
    const data = this.#array(name, kind);
    if (data.length !== count) this.damaged(`${name} has ${data.length} numbers, not ${count}`);
    this.#taken.set(name, count);
    return data;
  }

  /** A whole array of sizes. */
  counts(name: string, count: number): Int32Array {
    const sizes = this.all(name, Int32Array, count);
    if (sizes.some((size) => size < 0)) this.damaged(`${name} has a negative size`);
    return sizes;
  }

  /** Makes sure that nothing is left. */
  finish(): void {
    for (const [name, taken] of this.#taken) {
      const { data } = this.#tensors.get(name) ?? { data: [] };
      if (data.length !== taken) this.damaged(`${name} has ${data.length} numbers, its molecules need ${taken}`);
    }
  }

  damaged(what: string): never {
    throw new UserError(`${this.#source}: damaged data set: ${what}`, { file: this.#source });
  }

  #array<T extends Flat<T>>(name: string, kind: new () => T): T {
    const data: unknown = this.#tensors.get(name)?.data;
    if (data instanceof kind) return data;
    return this.damaged(`it has no array ${name}, or one of another kind`);
  }
}

import type { GeneratedConformer, Molecule } from 'clofnet';
import { writeSdf, writeXyz } from 'clofnet';
import {
  conformerFindings,
  formatConformer,
  formatPath,
  type RecordOrigin,
  recordProperties,
} from 'clofnet/conformers';
import { align, applyAlignment } from 'clofnet/geometry';
import { BestRmsd, type ConformerWriter, mmff94sEnergy, relaxMmff94s } from 'clofnet/molecules';
import { facing } from './molecules-facing.js';
import type { ConformerSetView, ConformerView, MoleculesFile, PathStep } from './molecules-types.js';

const NO_PARAMETERS = 'MMFF94s has no parameters for this molecule';

const WRITERS: Readonly<Record<Exclude<MoleculesFile, 'path'>, Pick<ConformerWriter, 'write'>>> = {
  sdf: { write: writeSdf },
  xyz: { write: (molecule, coordinates, notes) => writeXyz(molecule, [{ coordinates, notes }]) },
};

/** A conformer with what it is told of that takes time. */
interface Member {
  readonly conformer: GeneratedConformer;
  readonly energy: number | string;
  /** Why relaxation left it as it was. */
  readonly notRelaxed?: string;
}

/** The conformers of one molecule. */
export class ConformerSet {
  readonly molecule: Molecule;
  readonly notes: string[] = [];
  isStopped = false;
  #origin: RecordOrigin;
  readonly #rmsd: BestRmsd;
  readonly #members: Member[] = [];

  constructor(molecule: Molecule, origin: RecordOrigin) {
    this.molecule = molecule;
    this.#origin = origin;
    this.#rmsd = new BestRmsd(molecule);
  }

  get size(): number {
    return this.#members.length;
  }

  add(conformer: GeneratedConformer): void {
    const { relaxed } = conformer;
    const notRelaxed = relaxed && 'unsupported' in relaxed ? relaxed.unsupported : undefined;
    this.#members.push({ conformer, energy: energyOf(conformer), notRelaxed });
  }

  /** Relaxes one by MMFF94s; where that is impossible it stays and says why. */
  relax(place: number): void {
    const { conformer } = this.#members[place];
    this.#origin = { ...this.#origin, settings: { ...this.#origin.settings, relax: 'mmff94s' } };
    const outcome = relaxMmff94s(conformer.molecule, conformer.coordinates);
    if ('unsupported' in outcome) {
      this.#members[place] = {
        conformer: { ...conformer, relaxed: outcome },
        energy: energyOf(conformer),
        notRelaxed: outcome.unsupported,
      };
    } else {
      const { coordinates, energy } = outcome;
      this.#members[place] = { conformer: { ...conformer, coordinates, relaxed: { energy } }, energy };
    }
  }

  /** As files, with what the command line writes of each conformer. */
  file(form: MoleculesFile): string {
    const conformers = this.#members.map(({ conformer }) => conformer);
    if (form === 'path') return conformers.map(formatPath).join('');
    return conformers.map((conformer) => formatConformer(conformer, WRITERS[form], this.#origin)).join('');
  }

  /** All for the page: laid on the one of lowest energy, or on the first where there are no energies. */
  view(): ConformerSetView {
    const reference = this.#reference();
    const fixed = this.#faced(reference);
    const conformers = fixed ? this.#members.map((member) => this.#seen(member, fixed)) : [];
    const path = this.#path(conformers);
    return { conformers, reference, path, notes: [...this.notes], isStopped: this.isStopped };
  }

  #reference(): number {
    const energies = this.#members.map(({ energy }) =>
      typeof energy === 'number' ? energy : Number.POSITIVE_INFINITY,
    );
    return Math.max(0, energies.indexOf(Math.min(...energies)));
  }

  /** The conformer that the others are laid on: the first one faces the viewer, and this one lies on it. */
  #faced(reference: number): Float32Array | undefined {
    if (this.#members.length === 0) return undefined;
    const [first] = this.#members;
    const faced = facing(first.conformer.molecule, first.conformer.coordinates);
    if (reference === 0) return faced;
    return this.#rmsd.overlay(faced, this.#members[reference].conformer.coordinates).coordinates;
  }

  #seen({ conformer, energy, notRelaxed }: Member, fixed: Float32Array): ConformerView {
    const { molecule, given, number, attempts, mirrored, relaxed } = conformer;
    const { coordinates, rmsd } = this.#rmsd.overlay(fixed, conformer.coordinates);
    const { stereo, geometry } = conformerFindings(molecule, conformer.coordinates);
    const set = recordProperties(conformer, this.#origin).open_stereo;
    return {
      number,
      coordinates,
      energy,
      rmsd,
      findings: [...stereo, ...geometry].map(({ text }) => text),
      ...(molecule.smiles !== given.smiles && { isomer: { smiles: molecule.smiles, set: String(set ?? '') } }),
      attempts,
      mirrored,
      isRelaxed: relaxed !== undefined && 'energy' in relaxed,
      ...(notRelaxed && { notRelaxed }),
    };
  }

  /** The way of the first conformer, in the view's coordinates; a relaxed one ends where relaxation took it. */
  #path(seen: readonly ConformerView[]): PathStep[] {
    const at = this.#members.findIndex(({ conformer }) => conformer.path !== undefined);
    const { path, coordinates } = this.#members[at]?.conformer ?? {};
    if (!path || !coordinates) return [];
    const end = seen[at].coordinates;
    const move = align(Float64Array.from(coordinates), Float64Array.from(end));
    const moved = (from: Float32Array): Float32Array =>
      Float32Array.from(applyAlignment(move, Float64Array.from(from)));
    const steps = path.map((frame) => ({ sigma: frame.sigma, coordinates: moved(frame.coordinates) }));
    return [...steps, { sigma: 0, coordinates: end }];
  }
}

const energyOf = ({ molecule, coordinates }: GeneratedConformer): number | string =>
  mmff94sEnergy(molecule, coordinates) ?? NO_PARAMETERS;

import { elementSymbol } from '../../molecules/elements.js';
import type { ConformerProperties, ConformerWriter } from '../../molecules/formats/molecule-format.js';
import { writeXyz } from '../../molecules/formats/xyz-write.js';
import type { Molecule } from '../../molecules/molecule.js';
import { costProperties } from '../evaluation/evaluation.js';
import type { MakingSettings } from '../making/making-settings.js';
import type { SamplingMethods } from '../sampling/methods.js';
import { callsOf, describePlan } from '../sampling/sampling-plan.js';
import type { GeneratedConformer } from './generated.js';

/** What records say of how they were made. */
export interface RecordOrigin {
  /** `clofnet 0.1.0` */
  readonly program: string;
  /** The weights' name. */
  readonly weights: string;
  readonly settings: MakingSettings;
  readonly seed: number;
  /** Conformers requested of each molecule. */
  readonly count: number;
  readonly unique: number | undefined;
  /** What the plan's names refer to. Default those that come with clofnet. */
  readonly methods?: SamplingMethods;
}

/** What all records of a run have in common; records of two runs that differ in it do not belong together. */
export function runProperties({
  program,
  weights,
  settings,
  seed,
  count,
  unique,
  methods,
}: RecordOrigin): ConformerProperties {
  const { plan, relax, window, oversample, isomers, maxAttempts } = settings;
  const parts = [
    `${program}: ${describePlan(plan, methods)}, weights ${weights}`,
    `at most ${maxAttempts} attempts`,
    ...(isomers === 'first' ? ['first isomer'] : []),
    ...(unique === undefined ? [] : [`unique by ${unique} Å`]),
    ...(relax === undefined ? [] : ['relaxed by MMFF94s']),
    ...(oversample === 1 ? [] : [`chosen from ${oversample} times as many`]),
    ...(window === undefined ? [] : [`window ${window} kcal/mol`]),
  ];
  return { method: parts.join(', '), level: plan.level, seed, requested: count };
}

/** What version 0.1.0 called the properties that have another name now. */
const FORMER_NAMES: Readonly<Record<string, string>> = { requested: 'asked', attempts: 'draws' };

/** A property of a record, in the words of today also where version 0.1.0 wrote it. */
export function readProperty(properties: ReadonlyMap<string, string>, name: string): string | undefined {
  const value = properties.get(name) ?? properties.get(FORMER_NAMES[name]);
  return name === 'method' ? value?.replace(/(?<=, at most \d+ )draws\b/, 'attempts') : value;
}

/** What a record says of its conformer: `smiles` as it was given, `isomer` what was made, and so on. */
export function recordProperties(conformer: GeneratedConformer, origin: RecordOrigin): ConformerProperties {
  const { given, molecule, index, number, attempts, samplerRuns, mirrored, relaxed } = conformer;
  const open = openStereo(given, molecule);
  return {
    smiles: given.smiles,
    isomer: molecule.smiles,
    ...(open !== '' && { open_stereo: open }),
    ...(relaxed && ('energy' in relaxed ? { energy: relaxed.energy.toFixed(4) } : { relaxed: relaxed.unsupported })),
    ...runProperties(origin),
    molecule: index + 1,
    conformer: number + 1,
    attempts,
    ...(mirrored && { mirrored: 'yes' }),
    [costProperties.networkCalls]: Math.round(samplerRuns * callsOf(origin.settings.plan, origin.methods)),
  };
}

/**
 * How what the input leaves open was set: `C4 @; C2=N3 trans`, atoms counted from 1. Looking from the neighbour of the
 * lowest number, the others follow each other counterclockwise (@) or clockwise (@@) as their numbers rise; cis and
 * trans are the neighbours of lowest number.
 */
function openStereo(given: Molecule, isomer: Molecule): string {
  const name = nameIn(given);
  const centres = given.centres
    .filter(({ hand }) => hand === 0)
    .flatMap(({ atom }) => isomer.centres.filter((centre) => centre.atom === atom))
    .map(({ atom, hand }) => `${name(atom)} ${hand === 1 ? '@' : '@@'}`);
  const bonds = given.stereoBonds
    .filter(({ side }) => side === 'open')
    .flatMap(({ atoms: [, b, c] }) => isomer.stereoBonds.filter(({ atoms }) => atoms[1] === b && atoms[2] === c))
    .map(({ atoms, side }) => `${name(atoms[1])}=${name(atoms[2])} ${side}`);
  return [...centres, ...bonds].join('; ');
}

const nameIn =
  ({ atomicNumbers }: Molecule) =>
  (atom: number): string =>
    `${elementSymbol(atomicNumbers[atom])}${atom + 1}`;

/** A conformer with all that is said of it, as a record of the writer's format. */
export function formatConformer(
  conformer: GeneratedConformer,
  { write }: Pick<ConformerWriter, 'write'>,
  origin: RecordOrigin,
): string {
  return write(conformer.molecule, conformer.coordinates, recordProperties(conformer, origin));
}

/** The trajectory to a conformer as extended XYZ, from noise to the molecule; empty where it was not kept. */
export function formatPath({ molecule, index, number, path, coordinates, relaxed }: GeneratedConformer): string {
  if (!path) return '';
  const about = { molecule: index + 1, conformer: number + 1 };
  const points = path.map((point) => ({
    coordinates: point.coordinates,
    notes: { ...about, call: point.call, sigma: Number(point.sigma.toPrecision(6)) },
  }));
  const last = relaxed && 'energy' in relaxed ? [{ coordinates, notes: { ...about, relaxed: 'MMFF94s' } }] : [];
  return writeXyz(molecule, [...points, ...last]);
}

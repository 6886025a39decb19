import { UserError } from '../../common/errors.js';
import { formatExtendedXyz, type XyzArray, type XyzStructure } from '../../files/extended-xyz.js';
import { Rng } from '../../random/generator.js';
import type { MotionMoment, MotionSample, MotionState } from './motion.js';
import type { EnergyAndForces, PotentialAtoms } from './potential.js';
import type { RelaxationStep } from './relax.js';
import type { MotionUnits } from './units.js';

/** What all frames of a trajectory have in common. */
export interface FrameAtoms extends PotentialAtoms {
  readonly units: MotionUnits;
  /** More for the comment lines. */
  readonly info?: Readonly<Record<string, string>>;
}

/**
 * A moment of a simulation as a structure of an extended XYZ file, with ASE's names: columns `forces` and `vel`, in the
 * unit of length per fs; `energy` (the potential one), `kinetic_energy`, `temperature` in K, `time` in fs, `step`, and
 * where there is a cell `Lattice` and `pbc`. `heat` and `random_state` are for {@link stateOfFrame}.
 */
export function motionFrame(sample: MotionSample, atoms: FrameAtoms): XyzStructure {
  const { potential, kinetic, temperature, time, step, heat, random, velocities, forces } = sample;
  return frame(sample.positions, { energy: potential, forces }, atoms, {
    arrays: [['velocities', { columns: 3, data: velocities }]],
    info: {
      kinetic_energy: `${kinetic}`,
      temperature: `${temperature}`,
      time: `${time}`,
      step: `${step}`,
      heat: `${heat}`,
      random_state: JSON.stringify(random),
    },
  });
}

/** A step of a relaxation as a structure of an extended XYZ file: `forces`, `energy`, `max_force` and `step`. */
export function relaxationFrame(step: RelaxationStep, atoms: FrameAtoms): XyzStructure {
  return frame(step.positions, step, atoms, { info: { max_force: `${step.maxForce}`, step: `${step.step}` } });
}

/** The texts of the samples of a simulation as they come, one extended XYZ structure each. */
export async function* motionTexts(samples: AsyncIterable<MotionSample>, atoms: FrameAtoms): AsyncGenerator<string> {
  for await (const sample of samples) yield formatExtendedXyz([motionFrame(sample, atoms)]);
}

interface More {
  readonly arrays?: readonly (readonly [string, XyzArray])[];
  readonly info: Readonly<Record<string, string>>;
}

function frame(
  positions: Float64Array,
  { energy, forces }: EnergyAndForces,
  { species, units, cell, periodic, info: common }: FrameAtoms,
  { arrays = [], info }: More,
): XyzStructure {
  const repeats = [0, 1, 2].map((k) => ((periodic?.[k] ?? cell !== undefined) ? 'T' : 'F'));
  return {
    species,
    positions,
    arrays: new Map([['forces', { columns: 3, data: forces }], ...arrays]),
    info: {
      ...(cell && { Lattice: Array.from(cell).join(' '), pbc: repeats.join(' ') }),
      energy: `${energy}`,
      energy_unit: units.energy,
      length_unit: units.length,
      ...info,
      ...common,
    },
  };
}

/**
 * The state that a frame of {@link motionFrame} holds.
 *
 * @throws UserError for a structure that is none, or of another unit of length
 */
export function stateOfFrame({ positions, arrays, info }: XyzStructure, { length }: MotionUnits): MotionState {
  const velocities = arrays.get('velocities');
  const { step, heat, random_state: random, length_unit: unit } = info;
  if (velocities?.columns !== 3 || step === undefined || heat === undefined || random === undefined) {
    throw new UserError(
      'this structure is no state of a simulation to go on from: it lacks velocities, step, heat or random_state',
    );
  }
  if (unit !== length)
    throw new UserError(`this state is in ${unit}, the potential in ${length}`, { code: 'mismatch' });
  const numbers = { step: Number(step), heat: Number(heat) };
  if (!Number.isInteger(numbers.step) || numbers.step < 0 || !Number.isFinite(numbers.heat)) {
    throw new UserError(`the step ${step} and the heat ${heat} of this structure are not those of a simulation`);
  }
  return { positions, velocities: velocities.data, ...numbers, random: Rng.fromState(parsed(random)).state() };
}

/** The numbers of a frame of {@link motionFrame}. @throws UserError for a structure that is none */
export function momentOfFrame({ info }: XyzStructure): MotionMoment {
  const number = (name: string): number => {
    const value = Number(info[name]);
    if (info[name] !== undefined && Number.isFinite(value)) return value;
    throw new UserError(`this structure is no moment of a simulation: its ${name} is ${info[name] ?? 'missing'}`);
  };
  const [potential, kinetic] = [number('energy'), number('kinetic_energy')];
  const [step, time, heat, temperature] = [number('step'), number('time'), number('heat'), number('temperature')];
  return { step, time, potential, kinetic, total: potential + kinetic, heat, temperature };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { basename } from 'node:path';
import { UserError } from '../../common/errors.js';
import { STANDARD } from '../../files/byte-stream.node.js';
import { errorAt, type Geometry, geometryAt } from '../../fit/data/geometry.js';
import { geometrySet } from '../../fit/data/geometry-builder.js';
import { geometryFormats } from '../../fit/data/geometry-format.js';
import { geometryHash } from '../../fit/data/geometry-hash.node.js';
import { geometryCount } from '../../fit/data/geometry-set.js';
import { readGeometries } from '../../fit/data/read-geometries.node.js';
import { countLost } from '../../fit/motion/lost-atoms.js';
import { massesOf } from '../../fit/motion/masses.js';
import type { MotionOptions, MotionState } from '../../fit/motion/motion.js';
import { MotionFile } from '../../fit/motion/motion-file.node.js';
import { isPeriodic, type OpenedPotential, type OpenPotential } from '../../fit/motion/potential.js';
import { simulateMotion, startMotion } from '../../fit/motion/simulate-motion.js';
import { type MotionSummary, summarizeMotion } from '../../fit/motion/summarize-motion.js';
import { fromAngstrom, type MotionUnits } from '../../fit/motion/units.js';
import { openPotential } from '../../fit/network/open-potential.node.js';
import type { NodeDevice } from '../../runtime/devices.js';
import type { Args, Context } from '../command.js';
import { formatCount, formatDuration, many } from '../format.js';
import type { Output } from '../output.js';
import { requireOutputFile } from '../output-file.js';
import { resumeAdvice, stopNote } from '../stop-note.js';
import { packageVersion } from '../version.js';
import { atomsOf, placedError } from './geometry-atoms.js';
import type { fitMdSpec } from './md-spec.js';

type MdArgs = Args<typeof fitMdSpec>;

/** In 1/ps. */
const FRICTION = 10;

/** Atoms that are farther than this from all others, in ångström, have left them. */
const REACH = 4;

/** Simulates the atoms of a geometry, and writes frames as they are reached. */
export async function simulate(context: Context, args: MdArgs, open: OpenPotential<NodeDevice>): Promise<void> {
  const { weights, out, device } = args;
  await requireSettings(args);
  const geometry = await chosenGeometry(args, context.signal);
  const atoms = atomsOf(geometry);
  const masses = massesOf(atoms.species);
  const potential = await open(weights, atoms, { device });
  try {
    const info = { made_by: `clofnet ${packageVersion()}` };
    const { resume, force, sampleEvery, steps } = args;
    const common = { ...atoms, units: potential.units, info, settings: settingsOf(args) };
    const origin = {
      ...(potential.hash !== undefined && { weights: potential.hash }),
      geometry: startHash(geometry, args),
    };
    const file = await MotionFile.open(out, { ...common, origin, sampleEvery, steps, resume, force });
    const options = { ...motionOptions(args, masses), species: atoms.species, periodic: isPeriodic(atoms) };
    const start = file.state ?? begin(geometry, options, args, potential.units);
    await follow(context, args, { potential, file, options, start }).catch((error: unknown) => {
      throw placedError(error, geometry.source);
    });
  } finally {
    await potential.close();
  }
}

async function requireSettings({ weights, out, geometry, resume, force, thermostat, friction }: MdArgs): Promise<void> {
  if (resume && force) throw new UserError('--resume continues a file and --force replaces it; give only one');
  if (friction !== undefined && thermostat === 'none') {
    const remedy = { setting: 'thermostat', action: 'use', value: 'langevin' } as const;
    throw new UserError('is that of a thermostat, and there is none', { about: 'friction', remedy });
  }
  const endings = geometryFormats[0].endings;
  const inputs = geometry === STANDARD ? [weights] : [weights, geometry];
  await requireOutputFile(out, { option: '--out', inputs, endings, force: true });
}

async function chosenGeometry({ geometry: path, frame }: MdArgs, signal: AbortSignal): Promise<Geometry> {
  const set = await readGeometries([path], { signal });
  const count = geometryCount(set);
  if (frame !== undefined && frame > count) {
    throw new UserError(`must be at most ${count}: ${path} has ${many(count, 'geometry', 'geometries')}`, {
      about: 'frame',
    });
  }
  return geometryAt(set, (frame ?? count) - 1);
}

function motionOptions(
  { timeStep, steps, sampleEvery, thermostat, temperature, friction = FRICTION }: MdArgs,
  masses: Float64Array,
): MotionOptions {
  return {
    masses,
    timeStep,
    steps,
    sampleEvery,
    ...(thermostat === 'langevin' && { thermostat: { temperature, friction } }),
  };
}

/** Of all that a simulation begins with. */
function startHash({ species, positions, cell, periodic, ofNodes, source }: Geometry, { velocities }: MdArgs): string {
  const { vel } = ofNodes ?? {};
  const own = velocities === 'kept' && vel ? { ofNodes: { vel } } : {};
  return geometryHash(geometrySet([{ species, positions, cell, periodic, source, ...own }]));
}

/** What decides on every frame, beside weights and geometry, but how many there are. */
function settingsOf(args: MdArgs): string {
  const { timeStep, sampleEvery, thermostat, temperature, friction = FRICTION, velocities, seed, weights } = args;
  const bath = thermostat === 'langevin' ? `langevin, ${temperature} K, friction ${friction}/ps` : 'constant energy';
  const start = velocities === 'kept' ? 'velocities kept' : `velocities of ${temperature} K`;
  return `${basename(weights)}, ${bath}, ${start}, ${timeStep} fs, every ${sampleEvery}, seed ${seed}`;
}

function begin(
  geometry: Geometry,
  options: MotionOptions,
  { temperature, velocities, seed }: MdArgs,
  units: MotionUnits,
): MotionState {
  const { masses, periodic, thermostat } = options;
  const kept = velocities === 'kept' ? velocitiesOf(geometry, units) : undefined;
  return startMotion(Float64Array.from(geometry.positions), {
    masses,
    temperature,
    units,
    periodic,
    thermostat: thermostat !== undefined,
    seed,
    velocities: kept,
  });
}

/** Those that frames of this command have. */
function velocitiesOf({ ofNodes, texts, source }: Geometry, { length }: MotionUnits): Float64Array {
  const column = ofNodes?.vel;
  if (column?.width !== 3 || texts?.length_unit === undefined) {
    throw errorAt(source, 'the geometry has no velocities whose unit is known, as clofnet fit md writes them');
  }
  if (texts.length_unit === length) return Float64Array.from(column.data);
  throw errorAt(source, `the geometry is in ${texts.length_unit}, the weights are in ${length}`);
}

interface Run {
  readonly potential: OpenedPotential;
  readonly file: MotionFile;
  readonly options: MotionOptions;
  readonly start: MotionState;
}

async function follow({ output, signal }: Context, args: MdArgs, run: Run): Promise<void> {
  const { potential, file, options, start } = run;
  const { steps, force } = args;
  const begun = performance.now();
  const found = file.moments.length;
  const isComplete = file.state !== undefined && file.state.step >= steps;
  const bar = output.progress('simulating', steps, { initial: start.step });
  const onStep = (step: number): void => bar.update(step, `${Math.round(file.moments.at(-1)?.temperature ?? 0)} K`);
  const report = (stopped: boolean): void => {
    const seconds = (performance.now() - begun) / 1000;
    const taken = Math.max(0, (file.moments.at(-1)?.step ?? 0) - start.step);
    summarize(output, run, { ...args, complete: isComplete, stopped, seconds, taken });
  };
  try {
    const rest = { ...options, steps: steps - start.step, onStep, signal };
    if (!isComplete) for await (const sample of simulateMotion(potential, start, rest)) await file.append(sample);
  } catch (error) {
    bar.finish();
    const place = {
      path: file.path,
      kept: file.wasThere ? file.path : undefined,
      isResumed: found > 0,
      hasGrown: file.moments.length > found,
    };
    const advice = signal.aborted
      ? `run the same command ${resumeAdvice({ force })} to continue`
      : 'up to where it went wrong';
    const note = stopNote(place, { held: many(file.moments.length, 'frame'), first: 'frame', advice }, signal.aborted);
    if (note !== undefined) output.note(note);
    if (signal.aborted && file.moments.length > 0) report(true);
    throw error;
  } finally {
    bar.finish();
    await file.close();
  }
  report(false);
}

interface RunEnd extends Pick<MdArgs, 'out' | 'timeStep' | 'seed' | 'thermostat' | 'steps'> {
  readonly stopped: boolean;
  /** Whether the file had all steps before. */
  readonly complete: boolean;
  readonly seconds: number;
  /** Steps of this run alone. */
  readonly taken: number;
}

function summarize(output: Output, { file, options, potential }: Run, end: RunEnd): void {
  const { units } = potential;
  const { masses, periodic } = options;
  const lostAtoms = file.ends && !periodic ? countLost(...file.ends, fromAngstrom(REACH, units)) : null;
  const summary = summarizeMotion(file.moments, { atoms: masses.length, lostAtoms });
  const { out, timeStep, seed, thermostat, stopped, complete, seconds, taken } = end;
  const stepsPerSecond = complete ? null : taken / seconds;
  output.result(
    { out, units, timeStep, thermostat, seed, stopped, complete, ...summary, seconds, stepsPerSecond },
    () => linesOf(summary, units, end),
  );
}

function linesOf(summary: MotionSummary, { energy }: MotionUnits, end: RunEnd): string[] {
  const { out, timeStep, seconds, taken, complete, steps: asked } = end;
  const { samples, atoms, steps, time, temperature, drift, fluctuation, change, lostAtoms } = summary;
  const short = (value: number | null): string => (value === null ? '?' : `${Number(value.toPrecision(3))}`);
  const kelvin =
    temperature &&
    `${short(temperature.mean)} K on average, from ${short(temperature.min)} to ${short(temperature.max)} K`;
  return [
    `${out}: ${many(samples, 'frame')} of ${many(atoms, 'atom')}, ${many(steps, 'step')} of ${timeStep} fs, ${short(time)} ps`,
    `  temperature: ${kelvin ?? '?'}`,
    `  energy per atom: drift ${short(drift)} ${energy}/ps, ${short(change)} ${energy} in all, fluctuation ${short(fluctuation)} ${energy}`,
    ...(lostAtoms === null
      ? []
      : [
          lostAtoms === 0
            ? '  no atom lost'
            : `  ${many(lostAtoms, 'atom')} lost: farther than ${REACH} Å from what they were with`,
        ]),
    complete
      ? `  it was complete before this run: it has ${steps} of the ${many(asked, 'step')} asked for, and is unchanged`
      : `  took ${formatDuration(seconds)}, ${formatCount(taken / seconds)} steps/s`,
  ];
}

/** The command, with the potentials of weight files. */
export const run = (context: Context, args: MdArgs): Promise<void> => simulate(context, args, openPotential);

import { basename } from 'node:path';
import { AppendFile } from '../../files/append-file.node.js';
import { STANDARD } from '../../files/byte-stream.node.js';
import { formatExtendedXyz } from '../../files/extended-xyz.js';
import { type Geometry, geometryAt } from '../../fit/data/geometry.js';
import { geometryFormats } from '../../fit/data/geometry-format.js';
import { type GeometrySource, geometryCount, sayWhere } from '../../fit/data/geometry-set.js';
import { readGeometries } from '../../fit/data/read-geometries.node.js';
import { type FrameAtoms, relaxationFrame } from '../../fit/motion/frames.js';
import type { OpenedPotential, OpenPotential, PotentialAtoms } from '../../fit/motion/potential.js';
import { type Relaxation, type RelaxationStep, relax } from '../../fit/motion/relax.js';
import type { MotionUnits } from '../../fit/motion/units.js';
import { openPotential } from '../../fit/network/open-potential.node.js';
import type { NodeDevice } from '../../runtime/devices.js';
import type { Args, Context } from '../command.js';
import { CheckFailed } from '../errors.js';
import { formatDuration, many } from '../format.js';
import type { Output } from '../output.js';
import { requireOutputFile } from '../output-file.js';
import type { Progress } from '../progress.js';
import { packageVersion } from '../version.js';
import { areSameAtoms, atomsOf, placedError } from './geometry-atoms.js';
import type { fitRelaxSpec } from './relax-spec.js';

type RelaxArgs = Args<typeof fitRelaxSpec>;

/** Relaxes every geometry of a file, and writes each as it is finished. */
export async function relaxGeometries(
  context: Context,
  args: RelaxArgs,
  open: OpenPotential<NodeDevice>,
): Promise<void> {
  const { output, signal } = context;
  const { geometries, out, trajectory } = args;
  await requireOutputs(args);
  const set = await readGeometries([geometries], { signal });
  const count = geometryCount(set);
  const begun = performance.now();
  const files = {
    out: await AppendFile.prepare(out),
    ...(trajectory !== undefined && { trajectory: await AppendFile.prepare(trajectory) }),
  };
  const potentials = new PotentialKeeper((atoms) => open(args.weights, atoms, { device: args.device }));
  const bar = output.progress('relaxing', count);
  const done: Relaxed[] = [];
  try {
    for (let k = 0; k < count; k++) {
      const geometry = geometryAt(set, k);
      const potential = await potentials.of(atomsOf(geometry));
      done.push(await relaxOne(context, geometry, { args, potential, files, bar, index: k }));
      bar.update(k + 1);
    }
  } catch (error) {
    bar.finish();
    if (signal.aborted)
      output.note(
        `stopped; ${done.length === 0 ? 'nothing was written' : `${out} holds ${geometriesOf(done.length)}`}`,
      );
    throw error;
  } finally {
    bar.finish();
    await potentials.close();
    await files.out.close();
    await files.trajectory?.close();
  }
  report(output, done, { args, seconds: (performance.now() - begun) / 1000 });
}

const geometriesOf = (count: number): string => many(count, 'geometry', 'geometries');

async function requireOutputs({ geometries, weights, out, trajectory, force }: RelaxArgs): Promise<void> {
  const inputs = geometries === STANDARD ? [weights] : [weights, geometries];
  const endings = geometryFormats[0].endings;
  await requireOutputFile(out, { option: '--out', inputs, endings, force });
  if (trajectory === undefined) return;
  await requireOutputFile(trajectory, { option: '--trajectory', inputs: [...inputs, out], endings, force });
}

/** The potential of the last atoms, as long as they stay the same. */
class PotentialKeeper {
  readonly #open: (atoms: PotentialAtoms) => Promise<OpenedPotential>;
  #last: { readonly atoms: PotentialAtoms; readonly potential: OpenedPotential } | undefined;

  constructor(open: (atoms: PotentialAtoms) => Promise<OpenedPotential>) {
    this.#open = open;
  }

  async of(atoms: PotentialAtoms): Promise<OpenedPotential> {
    if (this.#last && areSameAtoms(this.#last.atoms, atoms)) return this.#last.potential;
    await this.close();
    const potential = await this.#open(atoms);
    this.#last = { atoms, potential };
    return potential;
  }

  async close(): Promise<void> {
    await this.#last?.potential.close();
    this.#last = undefined;
  }
}

/** What became of one geometry. */
interface Relaxed extends Pick<Relaxation, 'converged' | 'energy' | 'maxForce' | 'evaluations'> {
  readonly source: GeometrySource;
  readonly units: MotionUnits;
  readonly steps: number;
  /** How far the energy fell. */
  readonly lowered: number;
}

interface Task {
  readonly args: RelaxArgs;
  readonly potential: OpenedPotential;
  readonly files: { readonly out: AppendFile; readonly trajectory?: AppendFile };
  readonly bar: Progress;
  readonly index: number;
}

async function relaxOne({ signal }: Context, geometry: Geometry, task: Task): Promise<Relaxed> {
  const { args, potential, files, bar, index } = task;
  const { units } = potential;
  const info = { made_by: `clofnet ${packageVersion()}`, weights: basename(args.weights), geometry: `${index + 1}` };
  const atoms: FrameAtoms = { ...atomsOf(geometry), units, info };
  let first: number | undefined;
  const onStep = async (step: RelaxationStep): Promise<void> => {
    first ??= step.energy;
    bar.update(
      index,
      `step ${step.step}, largest force ${Number(step.maxForce.toPrecision(3))} ${units.energy}/${units.length}`,
    );
    await files.trajectory?.append(formatExtendedXyz([relaxationFrame(step, atoms)]));
  };
  const { maxForce, steps: maxSteps } = args;
  const options = { ...(maxForce !== undefined && { maxForce }), maxSteps, species: geometry.species, onStep, signal };
  const end = await relax(potential, Float64Array.from(geometry.positions), options).catch((error: unknown) => {
    throw placedError(error, geometry.source);
  });
  const { converged, energy, evaluations, step } = end;
  const state = { ...atoms, info: { ...info, converged: converged ? 'T' : 'F' } };
  await files.out.append(formatExtendedXyz([relaxationFrame(end, state)]));
  const lowered = (first ?? energy) - energy;
  return {
    source: geometry.source,
    units,
    converged,
    energy,
    maxForce: end.maxForce,
    evaluations,
    steps: step,
    lowered,
  };
}

function report(
  output: Output,
  done: readonly Relaxed[],
  { args, seconds }: { args: RelaxArgs; seconds: number },
): void {
  const { out, trajectory, steps } = args;
  const failed = done.filter(({ converged }) => !converged);
  const document = {
    out,
    ...(trajectory !== undefined && { trajectory }),
    converged: done.length - failed.length,
    geometries: done,
    seconds,
  };
  output.result(document, () => [
    `${out}: ${geometriesOf(done.length)}, ${done.length - failed.length} converged, in ${formatDuration(seconds)}`,
    ...done.slice(0, SHOWN).map((one) => lineOf(one, steps)),
    ...(done.length > SHOWN ? [`  and ${done.length - SHOWN} more`] : []),
  ]);
  if (failed.length > 0) {
    throw new CheckFailed(`${failed.length} of ${geometriesOf(done.length)} did not converge`);
  }
}

/** Geometries that are shown one by one. */
const SHOWN = 20;

function lineOf({ source, units, steps, energy, lowered, maxForce, converged }: Relaxed, most: number): string {
  const end = converged ? '' : steps < most ? ', no step leads further down' : ', not converged';
  const force = `${Number(maxForce.toPrecision(3))} ${units.energy}/${units.length}`;
  const fall = `${Number(energy.toFixed(6))} ${units.energy}, lower by ${Number(lowered.toPrecision(4))}`;
  return `  ${sayWhere(source)}: ${fall}; ${many(steps, 'step')}, largest force ${force}${end}`;
}

/** The command, with the potentials of weight files. */
export const run = (context: Context, args: RelaxArgs): Promise<void> => relaxGeometries(context, args, openPotential);

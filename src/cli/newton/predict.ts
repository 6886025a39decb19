import { totalmem } from 'node:os';
import { basename } from 'node:path';
import { UserError } from '../../common/errors.js';
import { writeFileAtomic } from '../../files/atomic.node.js';
import { STANDARD } from '../../files/byte-stream.node.js';
import type { XyzStructure } from '../../files/extended-xyz.js';
import { formatByName } from '../../files/file-format.js';
import { openFormat } from '../../files/open-format.node.js';
import { systemFormats } from '../../newton/data/system-formats.js';
import { LARGEST, movedStructures, systemsOfStructures } from '../../newton/data/xyz-systems.js';
import { trajectoryStructures } from '../../newton/data/xyz-trajectories.js';
import { trainedOn, unlikeTraining } from '../../newton/evaluation/trained-on.js';
import { openPredictor, type Predictor } from '../../newton/networks/predictor.js';
import { type LoadedModel, readModelFile } from '../../newton/networks/read-model-file.node.js';
import { type RolledOut, requireVelocities, rollOut } from '../../newton/networks/roll-out.js';
import { columnInputs } from '../../newton/networks/system.js';
import type { SystemBatch } from '../../newton/networks/system-batch.js';
import { systemGraph } from '../../newton/networks/system-graph.js';
import { fieldVectors } from '../../newton/system/field-vectors.js';
import { openProbedRuntime } from '../../runtime/probe.node.js';
import type { Args, Context } from '../command.js';
import { formatCount, many } from '../format.js';
import type { Output } from '../output.js';
import { requireOutputFile } from '../output-file.js';
import { packageVersion } from '../version.js';
import { givenFields } from './given-fields.js';
import type { predictSpec } from './predict-spec.js';

type PredictArgs = Args<typeof predictSpec>;

/** Predicts the systems of an extended XYZ file. */
export async function run(context: Context, args: PredictArgs): Promise<void> {
  const { output, signal } = context;
  await requireOutput(args);
  const loaded = await readModelFile(args.weights);
  const training = trainedOn(loaded.provenance);
  const edges = loaded.config.edges === 'given';
  const known = { charges: training.charges ?? true, columns: loaded.model.columns, edges };
  const required = [
    'velocities',
    ...(known.charges ? ['charges'] : []),
    ...(edges ? ['edges'] : []),
    ...columnInputs(known.columns).map(({ name }) => name),
  ];
  const structures = await readStructures(args.systems, required, signal);
  if (!known.charges && structures.some(({ arrays }) => arrays.has('charges')))
    output.warn('the network was trained on bodies without charges: those of the file are not used');
  checkMemory(structures, loaded);
  const predictor = await openPredictor(await openProbedRuntime(args.device), loaded.model, loaded.weights);
  const fields = fieldVectors(predictor.fields, loaded.provenance, givenFields(args));
  const systems = systemsOfStructures(structures, fields, known);
  const warning = unlikeTraining(systems, training);
  if (warning !== undefined) output.warn(warning);
  const info = infoOf(loaded, args.weights, training.timeSpan);
  const predicted =
    args.steps === undefined
      ? movedStructures(structures, await predictor.predict(systems), asText(info))
      : trajectoryStructures(structures, await statesOf(context, args, predictor, systems), {
          info: asText(info),
          timeSpan: training.timeSpan,
        });
  await predictor.close();
  const bodies = systems.sizes;
  await write(output, predicted, args, { ...info, bodies, ...(args.steps !== undefined && { steps: args.steps }) });
}

/** The states of systems in the steps that are asked for. */
async function statesOf(
  { output, signal }: Context,
  { steps = 1, every = 1 }: PredictArgs,
  predictor: Predictor,
  systems: SystemBatch,
): Promise<RolledOut[]> {
  requireVelocities(predictor);
  const lines = systems.charges.length * Math.ceil(steps / every);
  if (lines > MOST_LINES) {
    throw new UserError(
      `${formatCount(lines)} lines of bodies are too many for one file, of ${formatCount(MOST_LINES)}`,
      {
        remedy: [
          { setting: 'every', action: 'raise' },
          { setting: 'steps', action: 'lower' },
        ],
      },
    );
  }
  const bar = output.progress('predicting', steps);
  const states = await rollOut(predictor, systems, { steps, every, signal, onStep: (step) => bar.update(step) });
  bar.finish();
  signal.throwIfAborted();
  return states;
}

async function requireOutput({ out, systems, weights, force, steps, every }: PredictArgs): Promise<void> {
  if (every !== undefined && steps === undefined)
    throw new UserError('says which steps to write, and there is one', {
      about: 'every',
      remedy: { setting: 'steps' },
    });
  if (out === STANDARD) return;
  const inputs = systems === STANDARD ? [weights] : [systems, weights];
  const endings = systemFormats.flatMap((format) => format.endings);
  await requireOutputFile(out, { option: '--out', inputs, endings, force });
}

/**
 * Refuses systems that the machine's memory cannot hold. A system is computed in one piece: about seven arrays
 * [edges, hidden] of float32 at a time.
 */
function checkMemory(structures: readonly XyzStructure[], { config: { hidden = 64 }, model }: LoadedModel): void {
  const largest = structures.reduce((most, one) => (one.species.length > most.species.length ? one : most));
  const bodies = largest.species.length;
  const edges =
    model.graph?.cutoff === undefined
      ? bodies * (bodies - 1)
      : systemGraph([bodies], Float32Array.from(largest.positions), model.graph).senders.length;
  const bytes = 28 * hidden * edges;
  if (bytes <= totalmem()) return;
  const gigabytes = (size: number): string => `${(size / 1e9).toPrecision(3)} GB`;
  throw new UserError(
    `a system of ${bodies} bodies takes about ${gigabytes(bytes)} of memory, the machine has ${gigabytes(totalmem())}; ` +
      'predict smaller systems',
  );
}

/** More would make a text that is too long for JavaScript. */
const MOST_LINES = 3_000_000;

async function readStructures(path: string, required: readonly string[], signal: AbortSignal): Promise<XyzStructure[]> {
  const choice = { all: systemFormats, fit: systemFormats, need: 'systems', otherwise: systemFormats[0] };
  const { format, source, bytes } = await openFormat(path, choice, { signal });
  const { read } = await format.load();
  return read(bytes, source, { required, largest: LARGEST });
}

/** What is said of the prediction. */
interface Info {
  readonly predicted_by: string;
  readonly weights: string;
  /** null if the weight file does not say. */
  readonly time_span: number | null;
}

function infoOf({ config }: LoadedModel, weights: string, timeSpan: number | undefined): Info {
  return {
    predicted_by: `clofnet ${packageVersion()} ${config.model}`,
    weights: basename(weights),
    time_span: timeSpan === undefined ? null : Number(timeSpan.toPrecision(6)),
  };
}

/** The same for comment lines. */
const asText = (info: Info): Record<string, string> => ({ ...info, time_span: String(info.time_span ?? 'unknown') });

/** What is said of all that was predicted. */
interface Summary extends Info {
  /** The number of bodies of every system. */
  readonly bodies: readonly number[];
  /** How often the network was applied; left out where it was once, and only positions were asked for. */
  readonly steps?: number;
}

async function write(
  output: Output,
  structures: readonly XyzStructure[],
  { out }: Pick<PredictArgs, 'out'>,
  summary: Summary,
): Promise<void> {
  const { bodies, steps, predicted_by, time_span } = summary;
  const format = formatByName(systemFormats, out) ?? systemFormats[0];
  const written = (await format.load()).write(structures);
  if (out === STANDARD) {
    const frame = (structure: XyzStructure) =>
      steps === undefined ? plain(structure) : plainState(structure, time_span);
    output.result({ ...summary, frames: structures.map(frame) }, () => [written.trimEnd()]);
    return;
  }
  await writeFileAtomic(out, written);
  const total = bodies.reduce((a, b) => a + b, 0);
  const snapshots = structures.length;
  const extent = steps === undefined ? '' : `, ${many(steps, 'step')} in ${many(snapshots, 'structure')}`;
  output.result({ file: out, ...summary, ...(steps !== undefined && { structures: snapshots }) }, () => [
    `${out}: ${many(bodies.length, 'system')}, ${many(total, 'body', 'bodies')}${extent}, by ${predicted_by}`,
  ]);
}

const plain = ({ positions, arrays }: XyzStructure) => ({
  positions,
  velocities: arrays.get('velocities')?.data,
  displacement: arrays.get('displacement')?.data,
});

const plainState = (structure: XyzStructure, timeSpan: number | null) => {
  const { system, step, time } = structure.info;
  const { positions, velocities } = plain(structure);
  return {
    system: Number(system),
    step: Number(step),
    time: timeSpan === null ? null : Number(time),
    positions,
    velocities,
  };
};

import { totalmem } from 'node:os';
import { basename } from 'node:path';
import { UserError } from '../../common/errors.js';
import { writeFileAtomic } from '../../files/atomic.node.js';
import { STANDARD } from '../../files/byte-stream.node.js';
import type { XyzStructure } from '../../files/extended-xyz.js';
import { formatByName } from '../../files/file-format.js';
import { openFormat } from '../../files/open-format.node.js';
import { systemFormats } from '../../newton/data/system-formats.js';
import { LARGEST, movedStructures, type SystemColumns, systemsOfStructures } from '../../newton/data/xyz-systems.js';
import { trainedOn, unlikeTraining } from '../../newton/evaluation/trained-on.js';
import { openPredictor } from '../../newton/networks/predictor.js';
import { type LoadedModel, readModelFile } from '../../newton/networks/read-model-file.node.js';
import { columnInputs } from '../../newton/networks/system.js';
import { systemGraph } from '../../newton/networks/system-graph.js';
import { fieldVectors } from '../../newton/system/field-vectors.js';
import { openProbedRuntime } from '../../runtime/probe.node.js';
import type { Args, Context } from '../command.js';
import { many } from '../format.js';
import type { Output } from '../output.js';
import { requireOutputFile } from '../output-file.js';
import { packageVersion } from '../version.js';
import { givenFields } from './given-fields.js';
import type { predictSpec } from './predict-spec.js';

type PredictArgs = Args<typeof predictSpec>;

/** Predicts the systems of an extended XYZ file. */
export async function run({ output, signal }: Context, args: PredictArgs): Promise<void> {
  await requireOutput(args);
  const loaded = await readModelFile(args.weights);
  const training = trainedOn(loaded.provenance);
  const known = { charges: training.charges ?? true, columns: loaded.model.columns };
  const structures = await readStructures(args.systems, known, signal);
  if (!known.charges && structures.some(({ arrays }) => arrays.has('charges')))
    output.warn('the network was trained on bodies without charges: those of the file are not used');
  checkMemory(structures, loaded);
  const predictor = await openPredictor(await openProbedRuntime(args.device), loaded.model, loaded.weights);
  const fields = fieldVectors(predictor.fields, loaded.provenance, givenFields(args));
  const systems = systemsOfStructures(structures, fields, known);
  const warning = unlikeTraining(systems, training);
  if (warning !== undefined) output.warn(warning);
  const info = infoOf(loaded, args.weights, training.timeSpan);
  const moved = movedStructures(structures, await predictor.predict(systems), asText(info));
  await predictor.close();
  await write(output, moved, args.out, info);
}

async function requireOutput({ out, systems, weights, force }: PredictArgs): Promise<void> {
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
    model.cutoff === undefined
      ? bodies * (bodies - 1)
      : systemGraph([bodies], Float32Array.from(largest.positions), model.cutoff).senders.length;
  const bytes = 28 * hidden * edges;
  if (bytes <= totalmem()) return;
  const gigabytes = (size: number): string => `${(size / 1e9).toPrecision(3)} GB`;
  throw new UserError(
    `a system of ${bodies} bodies takes about ${gigabytes(bytes)} of memory, the machine has ${gigabytes(totalmem())}; ` +
      'predict smaller systems',
  );
}

async function readStructures(path: string, known: SystemColumns, signal: AbortSignal): Promise<XyzStructure[]> {
  const choice = { all: systemFormats, fit: systemFormats, need: 'systems', otherwise: systemFormats[0] };
  const { format, source, bytes } = await openFormat(path, choice, { signal });
  const { read } = await format.load();
  const further = columnInputs(known.columns).map(({ name }) => name);
  const required = ['velocities', ...(known.charges ? ['charges'] : []), ...further];
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

async function write(output: Output, structures: readonly XyzStructure[], out: string, info: Info) {
  const format = formatByName(systemFormats, out) ?? systemFormats[0];
  const written = (await format.load()).write(structures);
  const bodies = structures.map(({ species }) => species.length);
  if (out === STANDARD) {
    output.result({ ...info, bodies, frames: structures.map(plain) }, () => [written.trimEnd()]);
    return;
  }
  await writeFileAtomic(out, written);
  const total = bodies.reduce((a, b) => a + b, 0);
  output.result({ file: out, ...info, bodies }, () => [
    `${out}: ${many(structures.length, 'system')}, ${many(total, 'body', 'bodies')}, by ${info.predicted_by}`,
  ]);
}

const plain = ({ positions, arrays }: XyzStructure) => ({ positions, displacement: arrays.get('displacement')?.data });

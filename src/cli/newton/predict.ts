import { readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { basename } from 'node:path';
import { UserError } from '../../common/errors.js';
import { writeFileAtomic } from '../../files/atomic.js';
import { formatExtendedXyz, parseExtendedXyz, type XyzFrame } from '../../files/extended-xyz.js';
import { readError } from '../../files/file-errors.js';
import { openPredictor } from '../../models/predictor.js';
import { type LoadedModel, readModelFile } from '../../models/read-model-file.js';
import { fieldVectors } from '../../newton/field-vectors.js';
import { trainedOn, unlikeTraining } from '../../newton/trained-on.js';
import { movedFrames, systemsOfFrames } from '../../newton/xyz-systems.js';
import { openProbedRuntime } from '../../runtime/probe.js';
import type { Args, Context } from '../command.js';
import type { Output } from '../output.js';
import { packageVersion } from '../version.js';
import { givenFields } from './given-fields.js';
import type { predictSpec } from './predict-spec.js';

/** Predicts the systems of an extended XYZ file. */
export async function run({ output }: Context, args: Args<typeof predictSpec>): Promise<void> {
  const loaded = await readModelFile(args.weights);
  const frames = parseExtendedXyz(await readText(args.systems), args.systems, { required: ['velocities', 'charges'] });
  checkMemory(frames, loaded.config.hidden);
  const predictor = await openPredictor(await openProbedRuntime(args.device), loaded.model, loaded.weights);
  const systems = systemsOfFrames(frames, fieldVectors(predictor.fields, loaded.provenance, givenFields(args)));
  const training = trainedOn(loaded.provenance);
  const warning = unlikeTraining(systems, training);
  if (warning !== undefined) output.warn(warning);
  const info = infoOf(loaded, args.weights, training.timeSpan);
  const moved = movedFrames(frames, await predictor.predict(systems), info);
  await predictor.close();
  await write(output, moved, args.out, info);
}

/**
 * Refuses systems that the machine's memory cannot hold. A system is computed in one piece: about seven arrays
 * [edges, hidden] of float32 at a time.
 */
function checkMemory(frames: readonly XyzFrame[], hidden = 64): void {
  const bodies = frames.reduce((most, { species }) => Math.max(most, species.length), 0);
  const bytes = 28 * hidden * bodies * (bodies - 1);
  if (bytes <= totalmem()) return;
  const gigabytes = (size: number): string => `${(size / 1e9).toPrecision(3)} GB`;
  throw new UserError(
    `a system of ${bodies} bodies takes about ${gigabytes(bytes)} of memory, the machine has ${gigabytes(totalmem())}; ` +
      'predict smaller systems',
  );
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw readError(error, path);
  });
}

/** What the comment lines say of the prediction. */
function infoOf({ config }: LoadedModel, weights: string, timeSpan: number | undefined): Record<string, string> {
  return {
    predicted_by: `clofnet ${packageVersion()} ${config.model}`,
    weights: basename(weights),
    time_span: timeSpan === undefined ? 'unknown' : String(Number(timeSpan.toPrecision(6))),
  };
}

async function write(output: Output, frames: readonly XyzFrame[], out: string, info: Record<string, string>) {
  const text = formatExtendedXyz(frames);
  const bodies = frames.map(({ species }) => species.length);
  if (out === '-') {
    output.result({ ...info, bodies, frames: frames.map(plain) }, () => [text.trimEnd()]);
    return;
  }
  await writeFileAtomic(out, text);
  output.result({ file: out, ...info, bodies }, () => [
    `${out}: ${frames.length} systems, ${bodies.reduce((a, b) => a + b, 0)} bodies, by ${info.predicted_by}`,
  ]);
}

const plain = ({ positions, arrays }: XyzFrame) => ({ positions, displacement: arrays.get('displacement')?.data });

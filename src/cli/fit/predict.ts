import { setImmediate as nextTurn } from 'node:timers/promises';
import { writeFileAtomic } from '../../files/atomic.node.js';
import { STANDARD } from '../../files/byte-stream.node.js';
import type { Geometry } from '../../fit/data/geometry.js';
import { geometryFormats } from '../../fit/data/geometry-format.js';
import { streamGeometries } from '../../fit/data/read-geometries.node.js';
import { formatGeometries } from '../../fit/data/write-geometries.js';
import { predictGeometries } from '../../fit/evaluation/predict-geometries.js';
import { openFitted } from '../../fit/network/open-fitted.node.js';
import type { FitPredictor } from '../../fit/network/predictor.js';
import type { Args, Context } from '../command.js';
import { formatDuration, many } from '../format.js';
import { requireOutputFile } from '../output-file.js';
import type { fitPredictSpec } from './predict-spec.js';

type PredictArgs = Args<typeof fitPredictSpec>;

/** Predicts the geometries of a file, a few at a time. */
export async function run(context: Context, args: PredictArgs): Promise<void> {
  const { geometries: path, weights, out, prefix, force, device } = args;
  if (out !== STANDARD) {
    const inputs = path === STANDARD ? [weights] : [path, weights];
    await requireOutputFile(out, { option: '--out', inputs, endings: geometryFormats[0].endings, force });
  }
  const { signal } = context;
  const predictor = await openFitted(weights, { device });
  try {
    const options = { signal, ...(prefix !== undefined && { prefix }) };
    const predicted = predictGeometries(predictor, streamGeometries(path, { signal }), options);
    await (out === STANDARD ? print(context, predicted, predictor) : write(context, predicted, args, predictor));
  } finally {
    await predictor.close();
  }
}

/** What is predicted, and in which units. */
const targetsOf = ({ config }: FitPredictor) => config.targets.map(({ name, unit }) => ({ name, unit }));

async function print({ output }: Context, predicted: AsyncIterable<Geometry>, predictor: FitPredictor): Promise<void> {
  const kept: object[] = [];
  for await (const geometry of predicted) {
    if (output.json) kept.push(plain(geometry));
    else output.line(formatGeometries([geometry]).trimEnd());
    // A turn later the stream tells of a reader that is gone, or a full disk, which ends the program.
    await nextTurn();
  }
  output.document({ targets: targetsOf(predictor), geometries: kept });
}

const plain = ({ source, species, positions, cell, periodic, ofNodes = {}, ofGraphs = {}, texts = {} }: Geometry) => ({
  source,
  species,
  positions,
  ...(cell && { cell, periodic }),
  ofNodes: Object.fromEntries(Object.entries(ofNodes).map(([name, { data }]) => [name, data])),
  ofGraphs,
  texts,
});

async function write(
  { output }: Context,
  predicted: AsyncIterable<Geometry>,
  { out }: PredictArgs,
  predictor: FitPredictor,
): Promise<void> {
  const begun = performance.now();
  let [geometries, atoms] = [0, 0];
  async function* texts(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    for await (const geometry of predicted) {
      yield encoder.encode(formatGeometries([geometry]));
      geometries += 1;
      atoms += geometry.species.length;
    }
  }
  await writeFileAtomic(out, texts());
  const seconds = (performance.now() - begun) / 1000;
  const targets = targetsOf(predictor);
  output.result({ file: out, targets, geometries, atoms, seconds }, () => [
    `${out}: ${many(geometries, 'geometry', 'geometries')}, ${many(atoms, 'atom')}, in ${formatDuration(seconds)}`,
    `  predicted ${targets.map(({ name, unit }) => `${name} (${unit})`).join(', ')}`,
  ]);
}

import { UserError } from '../../common/errors.js';
import type { GeometrySet } from '../../fit/data/geometry-set.js';
import { readGeometries } from '../../fit/data/read-geometries.node.js';
import type { Part } from '../../fit/data/split.js';
import { evaluateGeometries, type FitEvaluation } from '../../fit/evaluation/evaluate.js';
import type { FitNetworkConfig } from '../../fit/network/fit-config.js';
import { openFitted } from '../../fit/network/open-fitted.node.js';
import { geometriesOfRun, partOfRun, readFinishedFitRun } from '../../fit/training/finished-run.node.js';
import type { Args, Context } from '../command.js';
import { formatCount, many } from '../format.js';
import { requireRunOf } from '../tasks.js';
import { errorLines } from './errors-table.js';
import type { fitEvaluateSpec } from './evaluate-spec.js';

type EvaluateArgs = Args<typeof fitEvaluateSpec>;

/** Geometries to measure on, and the weights of what is measured. */
interface Measured {
  readonly weights: string;
  readonly set: GeometrySet;
  /** In words: `the test part of runs/x`. */
  readonly title: string;
  readonly split?: Part;
}

/** Measures a network of a weight file, or of a run. */
export async function run({ output, signal }: Context, args: EvaluateArgs): Promise<void> {
  const { weights, set, title, split } = await measured(args, signal);
  const predictor = await openFitted(weights, { device: args.device });
  const { config } = predictor;
  const bar = output.progress('evaluating', set.sizes.length);
  let evaluation: FitEvaluation;
  try {
    evaluation = await evaluateGeometries(predictor, set, { signal, onProgress: (done) => bar.update(done) });
  } finally {
    bar.finish();
    await predictor.close();
  }
  output.result(jsonOf(evaluation, { weights, config, split, args }), () => [
    `${config.model} on ${title}: ${many(evaluation.geometries, 'geometry', 'geometries')}, ${many(evaluation.atoms, 'atom')}`,
    ...errorLines(evaluation.targets),
    `  ${formatCount(evaluation.geometries / evaluation.seconds)} geometries/s`,
  ]);
}

async function measured({ data, weights, run: folder, split }: EvaluateArgs, signal: AbortSignal): Promise<Measured> {
  if ((weights === undefined) === (folder === undefined))
    throw new UserError('what is measured is a network: give either --weights or --run');
  if (folder === undefined) {
    if (split !== undefined) throw new UserError('--split takes a part of the geometries of a run; give --run');
    return { weights: weights ?? '', ...(await ofFiles(data, signal)) };
  }
  await requireRunOf('fit', folder);
  const finished = await readFinishedFitRun(folder);
  if (data.length > 0 && split === undefined) return { weights: finished.weightFile, ...(await ofFiles(data, signal)) };
  const geometries = await geometriesOfRun(finished, data.length > 0 ? data : undefined);
  const part = split ?? (geometries.split.test.length > 0 ? 'test' : 'valid');
  const set = partOfRun(geometries, part, folder);
  return { weights: finished.weightFile, set, title: `the ${part} part of ${folder}`, split: part };
}

async function ofFiles(data: readonly string[], signal: AbortSignal): Promise<Pick<Measured, 'set' | 'title'>> {
  if (data.length === 0) throw new UserError('there is nothing to measure on; give files of geometries, or --run');
  return { set: await readGeometries(data, { signal }), title: data.join(', ') };
}

interface Asked {
  readonly weights: string;
  readonly config: FitNetworkConfig;
  readonly split?: Part;
  readonly args: EvaluateArgs;
}

function jsonOf(evaluation: FitEvaluation, { weights, config, split, args }: Asked): object {
  const { model, encoder } = config;
  const { data, device, run: folder } = args;
  const measuredOn = split === undefined ? { data } : { run: folder, split };
  return { network: model, options: encoder, weights, ...measuredOn, ...evaluation, device };
}

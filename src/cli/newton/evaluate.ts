import { onlyDataset, readDescription, readSplit } from '../../newton/data/dataset-read.node.js';
import { spacingOf } from '../../newton/data/set-description.js';
import { namedSet } from '../../newton/data/set-name.js';
import { PUBLISHED_SNAPSHOTS, requireLaterTarget, snapshotPairs } from '../../newton/data/snapshots.js';
import { timeSpan } from '../../newton/evaluation/baselines.js';
import { type Evaluation, evaluate, systemsOf } from '../../newton/evaluation/evaluate.js';
import type { PredictionErrors } from '../../newton/evaluation/prediction-errors.js';
import { trainedOn, unlikeTraining } from '../../newton/evaluation/trained-on.js';
import { openPredictor } from '../../newton/networks/predictor.js';
import { readModelFile } from '../../newton/networks/read-model-file.node.js';
import { lawOfSet } from '../../newton/simulation/law-of-set.js';
import { fieldVectors } from '../../newton/system/field-vectors.js';
import { Rng } from '../../random/generator.js';
import { openProbedRuntime } from '../../runtime/probe.node.js';
import type { Args, Context } from '../command.js';
import { formatCount, many } from '../format.js';
import { type Further, judgeFurther, shown, stepLines } from './evaluate-further.js';
import type { evaluateSpec } from './evaluate-spec.js';
import { givenFields } from './given-fields.js';

/** Measures a network of a weight file on a data set. */
export async function run(context: Context, args: Args<typeof evaluateSpec>): Promise<void> {
  const { output, signal } = context;
  const { config, model, weights, provenance } = await readModelFile(args.weights);
  const name = args.name ?? (await onlyDataset(args.data));
  const training = trainedOn(provenance);
  const choice = { ...(training.snapshots ?? PUBLISHED_SNAPSHOTS), ...given(args) };
  requireLaterTarget(choice);
  const set = await readSplit(args.data, name, args.split);
  const pairs = snapshotPairs(set, { ...choice, count: args.limit });
  const predictor = await openPredictor(await openProbedRuntime(args.device), model, weights);
  const fields = fieldVectors(predictor.fields, provenance, givenFields(args));
  const description = await readDescription(args.data, name);
  const spacing = spacingOf(name, description, training.spacing);
  const time = timeSpan({ ...choice, spacing });
  const warning = unlikeTraining(systemsOf(pairs, fields), training, { ...namedSet(name), timeSpan: time });
  if (warning !== undefined) output.warn(warning);
  const rng = Rng.fromSeed(args.seed);
  const evaluation = await evaluate(predictor, pairs, { fields, time, rng, signal });
  const law = args.reach || args.steps !== undefined ? lawOfSet(set, { name, description }) : undefined;
  const further = await judgeFurther(context, predictor, args, { name, set, choice, time, fields, law });
  await predictor.close();
  const { split, seed, device } = args;
  const json = { model: config, set: name, split, ...choice, time, fields, ...evaluation, ...further, seed, device };
  output.result(json, () => [
    `${config.model} on ${name}, ${split}: ${many(evaluation.systems, 'system')} of ${many(evaluation.bodies, 'body', 'bodies')}`,
    `  snapshot ${choice.input} → ${choice.target}, ${formatTime(time)}`,
    ...tableOf(evaluation, further),
    `  the worst 1 % of the systems (${evaluation.worst.systems}) make ${percent(evaluation.worst.share)} of the mean squared error`,
    `  equivariance error ${evaluation.equivariance.toExponential(1)} of the output's scale`,
    `  ${formatCount(evaluation.systemsPerSecond)} systems/s`,
    ...(further.rollOut ? stepLines(further.rollOut) : []),
  ]);
}

/** The requested snapshots. */
function given({ input, target }: { input?: number; target?: number }): { input?: number; target?: number } {
  return { ...(input !== undefined && { input }), ...(target !== undefined && { target }) };
}

const formatTime = (time: number): string => `time span ${Number(time.toPrecision(6))}`;

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

function tableOf({ network, straightLine, standingStill }: Evaluation, { float32 }: Further): string[] {
  const row = (name: string, mse: string, distance: string): string =>
    `  ${name.padEnd(15)}${mse.padStart(20)}${distance.padStart(16)}`;
  const errors = (name: string, { meanSquaredError, meanDistance }: PredictionErrors): string =>
    row(name, shown(meanSquaredError, 5), shown(meanDistance, 4));
  return [
    row('', 'mean squared error', 'mean distance'),
    errors('the network', network),
    errors('straight line', straightLine),
    errors('standing still', standingStill),
    ...(float32 ? [errors('from float32', float32)] : []),
  ];
}

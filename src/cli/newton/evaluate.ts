import { namedSet } from '../../newton/data/set-name.js';
import { PUBLISHED_SNAPSHOTS, requireLaterTarget } from '../../newton/data/snapshots.js';
import { timeSpan } from '../../newton/evaluation/baselines.js';
import { type Evaluation, evaluateSystems } from '../../newton/evaluation/evaluate.js';
import type { PredictionErrors } from '../../newton/evaluation/prediction-errors.js';
import { trainedOn, unlikeTraining } from '../../newton/evaluation/trained-on.js';
import { openPredictor } from '../../newton/networks/predictor.js';
import { readModelFile } from '../../newton/networks/read-model-file.node.js';
import type { SymmetryLimit } from '../../newton/simulation/symmetry-limit.js';
import { fieldVectors } from '../../newton/system/field-vectors.js';
import { Rng } from '../../random/generator.js';
import { openProbedRuntime } from '../../runtime/probe.node.js';
import type { Args, Context } from '../command.js';
import { formatCount, many } from '../format.js';
import { type Further, judgeFurther, planFurther, shown, stepLines } from './evaluate-further.js';
import type { evaluateSpec } from './evaluate-spec.js';
import { measuredSystems } from './evaluate-systems.js';
import { givenFields } from './given-fields.js';

/** Measures a network of a weight file on a data set. */
export async function run(context: Context, args: Args<typeof evaluateSpec>): Promise<void> {
  const { output, signal } = context;
  const loaded = await readModelFile(args.weights);
  const { config, model, weights, provenance } = loaded;
  const training = trainedOn(provenance);
  const choice = { ...(training.snapshots ?? PUBLISHED_SNAPSHOTS), ...given(args) };
  requireLaterTarget(choice);
  const measured = await measuredSystems(loaded, args, choice);
  const predictor = await openPredictor(await openProbedRuntime(args.device), model, weights);
  const fields = fieldVectors(predictor.fields, provenance, givenFields(args));
  const { set, split, known, spacing, source } = measured;
  const time = timeSpan({ ...choice, spacing });
  const warning = unlikeTraining(known.systems, training, { ...namedSet(set), timeSpan: time });
  if (warning !== undefined) output.warn(warning);
  const further = { name: set, source, choice, time, fields };
  const plan = planFurther(predictor, args, further);
  const rng = Rng.fromSeed(args.seed);
  const evaluation = await evaluateSystems(predictor, known, { fields, time, rng, signal });
  const judged = plan ? await judgeFurther(context, predictor, args, { ...plan, ...further }) : {};
  await predictor.close();
  const { seed, device } = args;
  const json = { model: config, set, split, ...choice, time, fields, ...evaluation, ...judged, seed, device };
  output.result(json, () => [
    `${config.model} on ${set}, ${split}: ${many(evaluation.systems, 'system')} of ${bodiesOf(known.systems.sizes)}`,
    `  snapshot ${choice.input} → ${choice.target}, ${formatTime(time)}`,
    ...tableOf(evaluation, judged),
    ...(judged.symmetry ? symmetryLines(judged.symmetry) : []),
    `  the worst 1 % of the systems (${evaluation.worst.systems}) make ${percent(evaluation.worst.share)} of the mean squared error`,
    `  equivariance error ${evaluation.equivariance.toExponential(1)} of the output's scale`,
    `  ${formatCount(evaluation.systemsPerSecond)} systems/s`,
    ...(judged.rollOut ? stepLines(judged.rollOut) : []),
  ]);
}

/** The requested snapshots. */
function given({ input, target }: { input?: number; target?: number }): { input?: number; target?: number } {
  return { ...(input !== undefined && { input }), ...(target !== undefined && { target }) };
}

/** `5 bodies`, `3 to 8 bodies` */
function bodiesOf(sizes: readonly number[]): string {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return least === most ? many(most, 'body', 'bodies') : `${least} to ${most} bodies`;
}

const formatTime = (time: number): string => `time span ${Number(time.toPrecision(6))}`;

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

function symmetryLines({ share, standardError }: SymmetryLimit): string[] {
  return [
    `  turned, ${percent(share)} of the systems go on differently: no network that follows rotations can come below`,
    `  the error "if turned" (± ${shown(standardError, 5)})`,
  ];
}

function tableOf({ network, straightLine, standingStill }: Evaluation, { float32, symmetry }: Further): string[] {
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
    ...(symmetry ? [row('if turned', shown(symmetry.meanSquaredError, 5), '')] : []),
  ];
}

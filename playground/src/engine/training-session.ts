import { openPredictor, Rng } from 'clofnet';
import { type Evaluation, evaluate, fieldsOf, modelConfigOf, newtonNetwork } from 'clofnet/newton';
import { onThisThread, openRun, type Trainer, type TrainerEvents, Turns } from 'clofnet/training';
import type { WebRuntime } from 'clofnet/web';
import { TIME, type TrainingExamples } from './training-data.js';
import { copyOf, type TrainedNetwork } from './training-network.js';
import { Pace } from './training-pace.js';
import type { ShownSystem } from './training-shown.js';
import type { TellTraining, TrainingStart, TrainingState } from './training-types.js';

/** The seed of the motions that the equivariance error is measured by; the command line's. */
const MOTIONS = 1;

/** What the page shows of a network before its first step. */
export const startOf = ({ config, layout, from }: TrainedNetwork, examples: TrainingExamples): TrainingStart => ({
  model: modelConfigOf(config),
  parameters: layout.size,
  straightLine: examples.straightLine,
  ...(from !== undefined && { from }),
});

/** What the page shows of a network that stands still. */
export function stateOf({ config, checkpoint }: TrainedNetwork, evaluation: Evaluation): TrainingState {
  const { epoch, step, best } = checkpoint.progress;
  return { finished: epoch >= config.training.epochs, epoch, step, bestEpoch: best?.epoch ?? 0, evaluation };
}

/** The network's best weights on the validation set, as `clofnet newton evaluate` measures them. */
export async function measure(
  runtime: WebRuntime,
  network: TrainedNetwork,
  { pairs }: TrainingExamples,
): Promise<{ readonly evaluation: Evaluation; readonly network: TrainedNetwork }> {
  const { config, model, layout, checkpoint } = network;
  const predictor = await openPredictor(runtime, model, layout.unflatten(checkpoint.bestWeights));
  const options = { fields: fieldsOf(config), time: TIME };
  try {
    const measured = (set: 'valid' | 'test'): Promise<Evaluation> =>
      evaluate(predictor, pairs[set], { ...options, rng: Rng.fromSeed(MOTIONS) });
    const evaluation = await measured('valid');
    const { best } = checkpoint.progress;
    if (best) return { evaluation, network };
    const [valid, test] = [evaluation, await measured('test')].map((of) => of.network.meanSquaredError);
    const progress = { ...checkpoint.progress, best: { epoch: 0, valid, test } };
    return { evaluation, network: { ...network, checkpoint: { ...checkpoint, progress } } };
  } finally {
    await predictor.close();
  }
}

export interface Session {
  readonly network: TrainedNetwork;
  readonly examples: TrainingExamples;
  readonly shown: ShownSystem;
  readonly tell: TellTraining;
  readonly signal: AbortSignal;
  /** Gets the network as it is after every epoch, and at the end. */
  keep(network: TrainedNetwork): void;
}

/**
 * Trains until it is done or stopped, and tells of it.
 * @returns the network as it is then
 * @throws UserError where numbers are no longer finite; what was kept last is intact
 */
export async function trainOn(runtime: WebRuntime, session: Session): Promise<TrainedNetwork> {
  const { network, examples, shown, tell, signal, keep } = session;
  const checkpoint = copyOf(network.checkpoint);
  const events = eventsOf(runtime, session, () => run.trainer);
  const { config, model } = network;
  const work = { network: newtonNetwork(config, model), data: examples.windows, training: config.training };
  const run = await openRun(work, onThisThread(runtime), { events, signal, checkpoint });
  try {
    await shown.tell(runtime, network, checkpoint.bestWeights, tell);
    const { checkpoint: end } = await run.trainer.run();
    const trained = { ...network, checkpoint: copyOf(end) };
    keep(trained);
    return trained;
  } finally {
    await run.close();
  }
}

/**
 * Events get their turn between steps, so that a word to stop comes through. Training does not wait for the page, which
 * may be slow to draw.
 */
function eventsOf(runtime: WebRuntime, session: Session, trainer: () => Trainer): TrainerEvents {
  const { network, shown, tell, keep } = session;
  const turns = new Turns();
  const pace = new Pace();
  const predict = (): Promise<void> => shown.tell(runtime, network, trainer().checkpoint().bestWeights, tell);
  return {
    onStep: () => pace.step(),
    async onEpoch(metrics) {
      const checkpoint = copyOf(trainer().checkpoint());
      keep({ ...network, checkpoint });
      void tell({ kind: 'epoch', metrics });
      if (checkpoint.progress.best?.epoch === metrics.epoch) await predict();
    },
    async onCheckpoint({ progress }, reason) {
      if (reason !== 'step') return;
      await turns.pause();
      const stepsPerSecond = pace.report();
      const { epoch, batch, step } = progress;
      if (stepsPerSecond !== undefined) {
        void tell({ kind: 'step', epoch, step, part: batch / trainer().batches, stepsPerSecond });
      }
      if (shown.isNew) await predict();
    },
  };
}

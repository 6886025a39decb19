import { join } from 'node:path';
import { writeFileAtomic } from '../files/atomic.node.js';
import { inFolder } from '../files/folder.node.js';
import { writeDataset } from '../newton/data/dataset-write.node.js';
import { datasetName } from '../newton/data/set-name.js';
import { PUBLISHED_SNAPSHOTS, snapshotPairs } from '../newton/data/snapshots.js';
import type { TrajectorySet } from '../newton/data/trajectory-set.js';
import { timeSpan } from '../newton/evaluation/baselines.js';
import { type Evaluation, evaluate } from '../newton/evaluation/evaluate.js';
import { openPredictor } from '../newton/networks/predictor.js';
import { readModelFile } from '../newton/networks/read-model-file.node.js';
import type { ModelName } from '../newton/networks/registry.js';
import { buildNewtonReport } from '../newton/report/report-data.node.js';
import { drawInitialStates, type PerSplit } from '../newton/simulation/protocol.js';
import { simulateParallel } from '../newton/simulation/simulate-parallel.node.js';
import { defineSimulation } from '../newton/system/system.js';
import { readFinishedNewtonRun } from '../newton/training/finished-run.node.js';
import { newtonRuns } from '../newton/training/newton-runs.node.js';
import { type RecipeName, recipeConfig } from '../newton/training/recipes.js';
import { shippedWeights } from '../newton/training/shipped-weights.node.js';
import { Rng } from '../random/generator.js';
import { shellWord } from '../report/format.js';
import { newtonSections } from '../report/newton/report.js';
import { page } from '../report/page.js';
import { openRuntime } from '../runtime/open-runtime.node.js';
import { startRun } from '../training/start-run.node.js';
import type { Args, Context } from './command.js';
import { checkoutCommit } from './commit.js';
import { type DemoConformers, demoConformers } from './demo-conformers.js';
import type { demoSpec } from './demo-spec.js';
import { formatDuration, many } from './format.js';
import { trainAgain } from './training.js';
import { packageVersion } from './version.js';

type DemoArgs = Args<typeof demoSpec>;

const VALID = 200;
const TEST = 400;

/** A network that the demo trains. */
interface TrainedHere {
  readonly model: ModelName;
  readonly title: string;
  readonly recipe: RecipeName;
  /** Its epochs, where those on published pairs of snapshots take so many. */
  epochs(ofPairs: number): number;
}

const TRAINED: readonly TrainedHere[] = [
  { model: 'clof_vel', title: 'ClofNet', recipe: 'es5', epochs: (ofPairs) => ofPairs },
  { model: 'egnn_vel', title: 'EGNN', recipe: 'es5', epochs: (ofPairs) => ofPairs },
  // All snapshots are some fifty times as many examples.
  { model: 'propagator', title: 'the propagator', recipe: 'all5', epochs: (ofPairs) => Math.ceil(ofPairs / 15) },
];

/** What the table shows of one way to predict. */
interface Row {
  readonly name: string;
  readonly meanSquared: number;
  readonly meanDistance: number;
}

/** The whole way from nothing to a report. */
export async function run(context: Context, args: DemoArgs): Promise<void> {
  await inFolder(join(args.out, 'data'), () => demonstrate(context, args));
}

async function demonstrate(context: Context, args: DemoArgs): Promise<void> {
  const { output, signal } = context;
  const start = performance.now();
  const sets = await simulate(context, args);
  const folders: string[] = [];
  for (const [k, trained] of TRAINED.entries()) {
    output.note(`${k + 2}/6  Training ${trained.title} for ${many(trained.epochs(args.epochs), 'epoch')}`);
    folders.push(await train(context, args, trained));
  }
  const rows = await judge(context, args, folders, sets.test);
  const conformers = await demoConformers(context, args);
  const report = await writeReport(context, args, folders, sets.test, conformers);
  const seconds = (performance.now() - start) / 1000;
  signal.throwIfAborted();
  const { section: _, ...molecules } = conformers;
  output.result({ errors: rows, conformers: molecules, report, seconds }, () => [
    '',
    `Positions of ${TEST} systems of 5 charged bodies one time unit later:`,
    '',
    `  ${'mean squared error'.padStart(48)}  ${'mean distance'.padStart(14)}`,
    ...rows.map(
      ({ name, meanSquared, meanDistance }) =>
        `  ${name.padEnd(28)}${meanSquared.toFixed(5).padStart(20)}  ${meanDistance.toFixed(4).padStart(14)}`,
    ),
    '',
    `${conformers.conformers.length} conformers of ${conformers.name}, in ${conformers.file}:`,
    '',
    `  ${'kcal/mol'.padStart(12)}  ${'Å from the lowest'.padStart(18)}`,
    ...conformers.conformers.map(
      ({ energy, rmsd }) => `  ${energy.toFixed(2).padStart(12)}  ${rmsd.toFixed(2).padStart(18)}`,
    ),
    '',
    `Report: ${report}`,
    `Total time: ${formatDuration(seconds)}`,
  ]);
}

async function simulate({ output, signal }: Context, args: DemoArgs): Promise<PerSplit<TrajectorySet>> {
  const simulation = defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies: 5 });
  const counts = { train: args.train, valid: VALID, test: TEST };
  const total = args.train + VALID + TEST;
  output.note(`1/6  Simulating ${total} systems of 5 charged bodies, 5,000 time steps each`);
  const bar = output.progress('simulating', total);
  const states = drawInitialStates(simulation, counts, args.seed);
  const sets = await simulateParallel(simulation, states, {
    workers: args.workers,
    signal,
    onProgress: (done) => bar.update(done),
  });
  bar.finish();
  await writeDataset(join(args.out, 'data'), datasetName(simulation), sets);
  return sets;
}

/** Trains one network by its recipe, shortened; returns the run's folder. */
async function train({ output, signal }: Context, args: DemoArgs, trained: TrainedHere): Promise<string> {
  const { model, title, recipe } = trained;
  const folder = join(args.out, model);
  const epochs = trained.epochs(args.epochs);
  const config = recipeConfig(recipe, {
    model: { model },
    data: { directory: join(args.out, 'data'), train: args.train },
    training: { epochs, seed: args.seed },
  });
  const bar = output.progress(title, epochs);
  let best = '';
  const result = await startRun(newtonRuns, config, {
    folder,
    workers: args.workers,
    version: packageVersion(),
    commit: checkoutCommit(),
    signal,
    force: true,
    onEpoch({ epoch, train: loss, valid }) {
      if (valid !== undefined) best = `, validation ${valid.toFixed(4)}`;
      bar.update(epoch, `training error ${loss.toFixed(4)}${best}`);
    },
  });
  bar.finish();
  if (!result.finished) signal.throwIfAborted();
  return folder;
}

/** The errors of the two trained networks, of the weights that come with clofnet, and of the straight line. */
async function judge(
  { output, signal }: Context,
  args: DemoArgs,
  folders: readonly string[],
  test: TrajectorySet,
): Promise<Row[]> {
  output.note('5/6  Comparing on systems that no network has seen');
  const files = [
    ...folders.map((folder, k) => [`${TRAINED[k].title}, trained now`, join(folder, 'weights.safetensors')]),
    ['ClofNet, shipped weights', shippedWeights('clofnet', 'es5')],
    ['the propagator, shipped', shippedWeights('propagator-all', 'es5')],
  ];
  const rows: Row[] = [];
  let last: Evaluation | undefined;
  for (const [name, file] of files) {
    signal.throwIfAborted();
    const { model, weights } = await readModelFile(file);
    const predictor = await openPredictor(await openRuntime(), model, weights);
    last = await evaluate(predictor, snapshotPairs(test), {
      time: timeSpan(PUBLISHED_SNAPSHOTS),
      rng: Rng.fromSeed(args.seed),
      signal,
    });
    await predictor.close();
    rows.push(row(name, last.network));
  }
  return last ? [...rows, row('straight line', last.straightLine)] : rows;
}

const row = (name: string, { meanSquaredError, meanDistance }: Evaluation['network']): Row => ({
  name,
  meanSquared: meanSquaredError,
  meanDistance,
});

async function writeReport(
  { signal }: Context,
  args: DemoArgs,
  folders: readonly string[],
  set: TrajectorySet,
  { section }: DemoConformers,
): Promise<string> {
  const runs = await Promise.all(folders.map(readFinishedNewtonRun));
  const [{ description }] = runs;
  const test = {
    directory: join(args.out, 'data'),
    name: description.config.data.name ?? 'charged5_initvel1small',
    set,
  };
  const { seed, epochs, train: count, out } = args;
  const command = `clofnet demo --seed ${seed} --epochs ${epochs} --train ${count} --out ${shellWord(out)}`;
  const file = join(args.out, 'report.html');
  const newton = newtonSections(
    await buildNewtonReport(runs, test, { command, again: trainAgain('newton train'), signal }),
  );
  const subtitle = 'What clofnet does: where charged bodies will be, and the shapes of a molecule.';
  await writeFileAtomic(file, page({ title: 'clofnet demo', subtitle, sections: [...newton, section] }));
  return file;
}

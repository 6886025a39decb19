import { access, constants } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../common/errors.js';
import { writeError } from '../../files/file-errors.node.js';
import { inFolder } from '../../files/folder.node.js';
import { findDatasets } from '../../newton/data/dataset-read.node.js';
import { writeDataset } from '../../newton/data/dataset-write.node.js';
import { describeSet } from '../../newton/data/set-description.js';
import { datasetName } from '../../newton/data/set-name.js';
import { drawInitialStates, type PerSplit, SPLITS } from '../../newton/simulation/protocol.js';
import { simulateParallel } from '../../newton/simulation/simulate-parallel.node.js';
import { defineSimulation, type Simulation, snapshotCount } from '../../newton/system/system.js';
import type { Args, Context } from '../command.js';
import { formatCount, formatDuration, many } from '../format.js';
import type { Output } from '../output.js';
import type { simulateSpec } from './simulate-spec.js';

/** Simulates one data set and writes its files. */
export async function run({ output, signal }: Context, args: Args<typeof simulateSpec>): Promise<void> {
  const { system: kind, protocol, bodies, cutoff, steps, sampleEvery, timeStep } = args;
  const simulation = defineSimulation({ kind, protocol, bodies, cutoff, steps, sampleEvery, timeStep });
  const counts = { train: args.train, valid: args.valid, test: args.test };
  const name = datasetName(simulation);
  checkSize(simulation, counts);
  await inFolder(args.out, async () => {
    await checkFolder(args.out, name, args.force);
    const workers = args.workers ?? availableParallelism();
    const start = performance.now();
    const states = drawInitialStates(simulation, counts, args.seed);
    const bar = output.progress('simulating', total(counts));
    const onProgress = (done: number): void => bar.update(done);
    const sets = await simulateParallel(simulation, states, { workers, signal, onProgress });
    const seconds = (performance.now() - start) / 1000;
    bar.finish();
    signal.throwIfAborted();
    const files = await writeDataset(args.out, name, sets, describeSet(simulation, args.seed, counts));
    summarize(output, { name, simulation, counts, files, seconds, workers, seed: args.seed });
  });
}

function total({ train, valid, test }: PerSplit<number>): number {
  return train + valid + test;
}

/** Refuses nothing at all, and what the machine's memory cannot hold. */
function checkSize(simulation: Simulation, counts: PerSplit<number>): void {
  if (total(counts) === 0) throw new UserError('--train, --valid and --test are all 0; there is nothing to simulate');
  const n = simulation.bodies;
  const bytes = total(counts) * (2 * snapshotCount(simulation) * 3 * n + n * n + n) * 8;
  if (bytes > totalmem()) {
    const gigabytes = (size: number) => `${(size / 1e9).toPrecision(3)} GB`;
    throw new UserError(
      `the set takes ${gigabytes(bytes)} of memory, the machine has ${gigabytes(totalmem())}; ask for fewer trajectories`,
    );
  }
}

/** Everything that could stop the files from being written, before any time is spent. */
async function checkFolder(folder: string, name: string, force: boolean): Promise<void> {
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    throw writeError(error, join(folder, name));
  }
  const found = await findDatasets(folder);
  if (!force && found.some((set) => set.name === name)) {
    throw new UserError(`the set ${name} is already in ${folder}; give --force to replace it, or another --out`);
  }
}

interface Summary {
  readonly name: string;
  readonly simulation: Simulation;
  readonly counts: PerSplit<number>;
  readonly files: readonly string[];
  readonly seconds: number;
  readonly workers: number;
  readonly seed: number;
}

function summarize(output: Output, summary: Summary): void {
  const { name, simulation, counts, files, seconds, workers, seed } = summary;
  const trajectoriesPerSecond = total(counts) / seconds;
  const snapshots = snapshotCount(simulation);
  const { kind: system, ...settings } = simulation;
  const { protocol, bodies, cutoff, sampleEvery, timeStep } = settings;
  const spacing = Number((sampleEvery * timeStep).toPrecision(6));
  const reach = cutoff === undefined ? '' : `, forces up to a distance of ${cutoff}`;
  const json = { name, system, ...settings, frames: snapshots, seed, trajectories: counts, files, workers, seconds };
  output.result({ ...json, trajectoriesPerSecond }, () => [
    `${name}: ${SPLITS.map((split) => `${formatCount(counts[split])} ${split}`).join(', ')} trajectories`,
    `  ${many(bodies, 'body', 'bodies')}, ${snapshots} snapshots each, ${spacing} apart${reach}, ${protocol} protocol, seed ${seed}`,
    `  simulated in ${formatDuration(seconds)} on ${many(workers, 'thread')}: ${formatCount(trajectoriesPerSecond)} trajectories/s`,
    `  ${files.length} files, ${files.at(-1)} the last`,
  ]);
}

/**
 * A network of your own in the trainer of the built-in ones: worker threads, checkpoints, resuming, metrics. It learns
 * the force between moving charges (Coulomb's and the magnetic part, softened) from random systems, and follows
 * rotations from the first step on.
 * Run it: node --import ./scripts/typescript.js examples/custom-network.ts; after Ctrl-C, with --resume.
 */
import { assertEquivariant, openRuntime, Rng, type SystemBatch } from 'clofnet';
import { norm, scalarize, tensorize } from 'clofnet/geometry';
import { completeGraphs, edgeFrame, graphFeeds, graphMean, graphSizes, sumToReceivers } from 'clofnet/graphs';
import { encodeWeightFile } from 'clofnet/networks';
import { randomSystems, type SystemTensors, systemInputs, systemSample, systemSubject } from 'clofnet/newton';
import { MLP, ParameterScope } from 'clofnet/nn';
import { add, compile, concat, cross, div, gather, input, mul, sub, sum, type Tensor, transpose } from 'clofnet/tensor';
import { compileTraining, FlatLayout, type RunTrainee, resumeRun, startRun, trainingSchema } from 'clofnet/training';
import { z } from 'zod';

/** What the receiver i and the sender j of every edge have, as columns: vectors [3, edges], charges [1, edges]. */
function edgesOf({ positions, velocities, charges, graph }: SystemTensors) {
  const x = sub(positions, graphMean(positions, graph)); // [nodes, 3]
  const ends = (v: Tensor): Tensor[] => [graph.receivers, graph.senders].map((end) => transpose(gather(v, end)));
  const [[xi, xj], v, q] = [ends(x), ends(velocities), ends(charges)];
  return { d: sub(xi, xj), v, charge: mul(q[0], q[1]), frame: edgeFrame(x, graph, 'orthonormal') };
}

/** The truth: F_i = Σ_j q_i q_j (d + v_i × (v_j × d)) / (|d|³ + 1), d = x_i − x_j. [nodes, 3] */
function trueForces(system: SystemTensors): Tensor {
  const { d, v, charge } = edgesOf(system);
  const distance = norm(d); // [1, edges]
  const strength = div(charge, add(mul(distance, mul(distance, distance)), 1));
  return sumToReceivers(transpose(mul(strength, add(d, cross(v[0], cross(v[1], d))))), system.graph);
}

/** Scalarize what an edge sees, pass it through an MLP, tensorize the result, sum over the edges. */
function forceNetwork(width: number) {
  const scope = new ParameterScope();
  const message = new MLP(scope.child('message'), [8, width, width, 3]);
  const forces = (system: SystemTensors): Tensor => {
    const { d, v, charge, frame } = edgesOf(system);
    const scalars = concat([charge, norm(d), scalarize(v, frame)], 0); // [8, edges]
    return sumToReceivers(transpose(tensorize(message.columns(scalars), frame)), system.graph); // [nodes, 3]
  };
  return { parameters: scope.parameters, forces };
}

/** A batch as the programs want it: what is fed, and the lengths of the named axes. */
function inputsOf({ sizes, positions, velocities, charges }: SystemBatch) {
  const graph = completeGraphs(sizes);
  return { feeds: { ...graphFeeds(graph), positions, velocities, charges }, sizes: graphSizes(graph) };
}

/** Draws systems of 5 bodies, new ones in every step. Worker threads load this module and call this function. */
export const openExamples = (seed: number) => ({
  collate(set: string, examples: Int32Array, step: number) {
    const rng = Rng.fromSeed(seed).fork(set).fork(step).fork(examples[0]);
    return inputsOf(
      randomSystems(
        rng,
        Array.from(examples, () => 5),
        { speed: 1 },
      ),
    );
  },
});
/** What so many of them add to the work and to the mean: 20 edges and 15 coordinates each. */
const sizesOf = (count: number) => ({ edges: new Int32Array(count).fill(20), terms: new Float64Array(count).fill(15) });

const config = z.object({ width: z.number().default(32), training: trainingSchema });
const trainee: RunTrainee<z.output<typeof config>, number> = {
  command: 'node --import ./scripts/typescript.js examples/custom-network.ts',
  config,
  build({ width }) {
    const { parameters, forces } = forceNetwork(width);
    const error = sub(forces(systemInputs()), trueForces(systemInputs()));
    const programs = compileTraining(sum(mul(mul(error, error), input('scale', [1]))), parameters);
    const sets = { train: sizesOf(3200), valid: sizesOf(200) };
    return {
      parameters,
      objective: (seed) => ({ programs, sets, task: seed, openExamples, module: import.meta.url }),
      weightFile: (weights, provenance) =>
        encodeWeightFile({ config: { model: 'forces', width }, provenance }, parameters, weights),
    };
  },
  load: async ({ training: { seed } }) => ({ data: seed, hash: `systems of seed ${seed}` }),
};

/** Trains in a folder, checks the best weights, and returns their error relative to the forces' mean square. */
export async function main(folder: string, { resume = false, epochs = 10, print = console.log } = {}): Promise<number> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const onEpoch = ({ epoch = 0, train = 0, valid = 0 }): void =>
    print(`epoch ${epoch}: training error ${train.toFixed(5)}, validation error ${valid.toFixed(5)}`);
  const options = { folder, signal: stop.signal, onEpoch };
  const training = { epochs, batch: 32, evaluateEvery: 1, schedule: { kind: 'cosine' } };
  const { description, checkpoint } = resume
    ? await resumeRun(trainee, options)
    : await startRun(trainee, config.parse({ training }), options);

  const { parameters, forces } = forceNetwork(description.config.width);
  const constants = new FlatLayout(parameters).unflatten(checkpoint.bestWeights); // and no inputs any more
  const outputs = { guess: forces(systemInputs()), truth: trueForces(systemInputs()) };
  const program = await (await openRuntime()).open(compile(outputs, { constants }));
  const run = async (systems: SystemBatch) => program.run(inputsOf(systems).feeds, inputsOf(systems).sizes);
  const rng = Rng.fromSeed(2);
  const test = randomSystems(rng, [3, 4, 5, 6, 12], { speed: 1 });
  const { guess, truth } = await run(test);
  const squares = (values: Float32Array): number => values.reduce((total, x) => total + x * x, 0);
  const error = squares(guess.map((x, k) => x - truth[k])) / squares(truth);
  print(`share of the squared force that is missed: ${(100 * error).toFixed(2)} %`);
  const subject = systemSubject(async (moved) => (await run(moved)).guess, 'vector');
  const errors = await assertEquivariant(subject, systemSample(test), { rng });
  print(`equivariance error: ${Math.max(...Object.values(errors)).toExponential(1)} of the output's scale`);
  return error;
}

if (process.argv[1]?.endsWith('custom-network.ts'))
  await main('runs/forces', { resume: process.argv.includes('--resume') });

/**
 * A network of your own, from the parts: geometry, layers, gradient, optimiser. It learns the force between moving
 * charges (Coulomb's and the magnetic part, softened),
 *
 *     F_i = Σ_j q_i q_j (d + v_i × (v_j × d)) / (|d|² + 1)^{3/2},   d = x_i − x_j,
 *
 * from random systems of 3 to 6 bodies, and follows rotations from the first step on.
 * Run it: node --import ./scripts/typescript.js examples/custom-network.ts
 */
import { assertEquivariant, initialize, openRuntime, Rng, type SystemBatch } from 'clofnet';
import { norm, scalarize, tensorize } from 'clofnet/geometry';
import { completeGraphs, edgeFrame, graphFeeds, graphMean, graphSizes, sumToReceivers } from 'clofnet/graphs';
import { randomSystems, type SystemTensors, systemInputs, systemSample, systemSubject } from 'clofnet/newton';
import { countParameters, MLP, type Parameter, ParameterScope } from 'clofnet/nn';
import { compile, concat, gather, gradient, input, meanSquare, mul, sub, type Tensor, transpose } from 'clofnet/tensor';
import { defaultOptimizer, FlatLayout, freshState, Optimizer } from 'clofnet/training';

/** Scalarize what an edge sees, pass it through an MLP, tensorize the result, sum over the edges. */
class ForceNetwork {
  readonly parameters: readonly Parameter[];
  readonly #message: MLP;

  constructor(width = 32) {
    const scope = new ParameterScope();
    this.#message = new MLP(scope.child('message'), [8, width, width, 3]);
    this.parameters = scope.parameters;
  }

  /** The force on every body, [nodes, 3]. */
  forces({ positions, velocities, charges, graph }: SystemTensors): Tensor {
    const x = sub(positions, graphMean(positions, graph)); // [nodes, 3]
    const frame = edgeFrame(x, graph, 'orthonormal'); // three axes [3, edges]
    const ends = (v: Tensor): Tensor[] => [graph.receivers, graph.senders].map((end) => transpose(gather(v, end)));
    const [xi, xj] = ends(x); // [3, edges]
    const [qi, qj] = ends(charges); // [1, edges]
    const seen = scalarize(ends(velocities), frame); // both velocities, [6, edges]
    const scalars = concat([mul(qi, qj), norm(sub(xi, xj)), seen], 0); // [8, edges]
    const coefficients = this.#message.columns(scalars); // [3, edges]
    return sumToReceivers(transpose(tensorize(coefficients, frame)), graph); // [nodes, 3]
  }
}

type Vector = readonly [number, number, number];
const cross = ([a, b, c]: Vector, [x, y, z]: Vector): Vector => [b * z - c * y, c * x - a * z, a * y - b * x];

/** The truth, [bodies, 3]. */
function trueForces({ sizes, positions, velocities, charges }: SystemBatch): Float32Array {
  const row = (values: Float32Array, k: number): Vector => [values[3 * k], values[3 * k + 1], values[3 * k + 2]];
  const { senders, receivers } = completeGraphs(sizes);
  const forces = new Float32Array(positions.length);
  for (const [edge, i] of receivers.entries()) {
    const j = senders[edge];
    const [xi, xj] = [row(positions, i), row(positions, j)];
    const d: Vector = [xi[0] - xj[0], xi[1] - xj[1], xi[2] - xj[2]];
    const magnetic = cross(row(velocities, i), cross(row(velocities, j), d));
    const factor = (charges[i] * charges[j]) / (d[0] ** 2 + d[1] ** 2 + d[2] ** 2 + 1) ** 1.5;
    for (const k of [0, 1, 2]) forces[3 * i + k] += factor * (d[k] + magnetic[k]);
  }
  return forces;
}

/** A batch as the programs want it: [feeds, lengths of the named axes]. */
function feedsOf({ sizes, positions, velocities, charges }: SystemBatch) {
  const graph = completeGraphs(sizes);
  return [{ ...graphFeeds(graph), positions, velocities, charges }, graphSizes(graph)] as const;
}

/** Trains, checks, and returns the error relative to the forces' mean square. */
export async function main(steps = 1000, print: (line: string) => void = console.log): Promise<number> {
  const rng = Rng.fromSeed(1);
  const network = new ForceNetwork();
  const { parameters } = network;
  const forces = network.forces(systemInputs());
  const loss = meanSquare(sub(forces, input('target', ['nodes', 3])));
  const slopes = gradient(
    loss,
    parameters.map(({ tensor }) => tensor),
  );
  const named = Object.fromEntries(slopes.map((slope, k) => [`grad.${parameters[k].name}`, slope]));
  const runtime = await openRuntime();
  const trainer = await runtime.open(compile({ loss, ...named }));
  const layout = new FlatLayout(parameters); // all parameters as one vector
  const first = layout.flatten(initialize(parameters, rng.fork('weights')));
  const optimizer = new Optimizer(defaultOptimizer, freshState(first));
  const slope = new Float32Array(layout.size);
  print(`${countParameters(parameters)} parameters`);

  for (let step = 1; step <= steps; step++) {
    const sizes = Array.from({ length: 32 }, () => 3 + Math.floor(4 * rng.uniform()));
    const batch = randomSystems(rng, sizes, { speed: 1 });
    const [feeds, axes] = feedsOf(batch);
    const weights = layout.views(optimizer.state.weights);
    const inputs = { ...weights, ...feeds, target: trueForces(batch) };
    const result = await trainer.run(inputs, axes, layout.views(slope, 'grad.'));
    optimizer.step(slope, { rate: 0.01 * 0.5 ** (4 * (step / steps)), step });
    if (step % (steps / 5) === 0) print(`step ${step}: loss ${result.loss[0].toFixed(5)}`);
  }

  // The trained weights become constants of the program.
  const predictor = await runtime.open(compile({ forces }, { constants: layout.unflatten(optimizer.state.weights) }));
  const predict = async (batch: SystemBatch) => (await predictor.run(...feedsOf(batch))).forces;
  const test = randomSystems(rng.fork('test'), [3, 4, 5, 6, 12], { speed: 1 });
  const [truth, guess] = [trueForces(test), await predict(test)];
  const squares = (values: Float32Array): number => values.reduce((sum, x) => sum + x * x, 0);
  const error = squares(guess.map((x, k) => x - truth[k])) / squares(truth);
  print(`share of the squared force that is missed: ${(100 * error).toFixed(2)} %`);
  const errors = await assertEquivariant(systemSubject(predict, 'vector'), systemSample(test), { rng });
  print(`equivariance error: ${Math.max(...Object.values(errors)).toExponential(1)} of the output's scale`);
  return error;
}

if (process.argv[1]?.endsWith('custom-network.ts')) await main();

import { completeGraphs, graphFeeds, graphSizes } from '../src/graphs/index.js';
import type { Windows } from '../src/newton/data/windows.js';
import { randomSystems } from '../src/newton/networks/random-systems.js';
import { createModel } from '../src/newton/networks/registry.js';
import { systemInputs } from '../src/newton/networks/system.js';
import { systemGraph } from '../src/newton/networks/system-graph.js';
import { drawInitialStates } from '../src/newton/simulation/protocol.js';
import { simulateParallel } from '../src/newton/simulation/simulate-parallel.node.js';
import { defineSimulation } from '../src/newton/system/system.js';
import { newtonExamples } from '../src/newton/training/examples.js';
import { compileObjective } from '../src/newton/training/objective.js';
import { initialize } from '../src/nn/index.js';
import { Rng } from '../src/random/generator.js';
import { openRuntime } from '../src/runtime/open-runtime.node.js';
import { compile } from '../src/tensor/index.js';
import { FlatLayout } from '../src/training/flat-parameters.js';
import { GradientPool } from '../src/training/gradient-pool.node.js';
import { defaultOptimizer } from '../src/training/optimizer.js';
import { freshState, Optimizer } from '../src/training/optimizer-run.js';
import { type Timing, time } from './measure.js';

/** The published network, ClofNet with velocities at 64 features, with random weights. */
const model = createModel({ model: 'clof_vel' });
const weights = initialize(model.parameters, Rng.fromSeed(1));

/** Random systems of the size of the published ones, the targets of all behind the inputs of all. */
function randomWindows(bodies: number, count: number): Windows {
  const rng = Rng.fromSeed(2);
  const normals = (length: number): Float32Array => rng.fillNormal(new Float32Array(length));
  const rows = 2 * count * bodies;
  return {
    positions: normals(3 * rows),
    velocities: normals(3 * rows),
    charges: normals(rows).map(Math.sign),
    first: Int32Array.from({ length: count }, (_, k) => k * bodies),
    bodies: new Int32Array(count).fill(bodies),
    gap: count,
  };
}

/** One system through the network, weights baked in: what a page or a script that predicts pays. */
export async function timeSingleForward(bodies: number): Promise<Timing> {
  const program = compile({ prediction: model.predict(systemInputs()).positions }, { constants: weights });
  const executable = await (await openRuntime()).open(program);
  const { positions, velocities, charges } = randomWindows(bodies, 1);
  const graph = completeGraphs([bodies]);
  const system = {
    positions: positions.subarray(0, 3 * bodies),
    velocities: velocities.subarray(0, 3 * bodies),
    charges: charges.subarray(0, bodies),
  };
  const feeds = { ...graphFeeds(graph), ...system };
  const into = { prediction: new Float32Array(3 * bodies) };
  const timing = await time(() => executable.run(feeds, graphSizes(graph), into), {
    least: 50,
    budget: 1000,
  });
  await executable.close();
  return timing;
}

/**
 * One system of the density of the published ones through a network that sees only bodies nearer than a cutoff: finding
 * out which these are, and the forward pass.
 */
export async function timeWithin(
  bodies: number,
  cutoff: number,
): Promise<{ edges: number; graph: Timing; forward: Timing }> {
  const near = createModel({ model: 'clof_vel', cutoff });
  const program = compile({ prediction: near.predict(systemInputs()).positions }, { constants: weights });
  const executable = await (await openRuntime()).open(program);
  const { positions, velocities, charges } = randomSystems(Rng.fromSeed(3), [bodies]);
  const limits = { least: 20, budget: 1000 };
  const found = systemGraph([bodies], positions, near.graph);
  const graph = await time(async () => systemGraph([bodies], positions, near.graph), limits);
  const feeds = { ...graphFeeds(found), positions, velocities, charges };
  const into = { prediction: new Float32Array(3 * bodies) };
  const forward = await time(() => executable.run(feeds, graphSizes(found), into), limits);
  await executable.close();
  return { edges: found.senders.length, graph, forward };
}

/** A training step (gradient and optimiser) and a forward pass with its loss, of one batch on worker threads. */
export async function timeBatch(
  bodies: number,
  batch: number,
  workers: number,
  microBatchEdges?: number,
): Promise<{ train: Timing; forward: Timing }> {
  const optimizer = new Optimizer(defaultOptimizer, freshState(new FlatLayout(model.parameters).flatten(weights)), {
    shared: true,
  });
  const pool = new GradientPool({
    workers,
    device: 'cpu',
    parameters: model.parameters,
    programs: compileObjective(model),
    examples: newtonExamples({ sets: { train: randomWindows(bodies, batch) }, fields: {} }),
    microBatchEdges,
    optimizer,
  });
  const examples = Int32Array.from({ length: batch }, (_, k) => k);
  let step = 0;
  const train = await time(() => {
    step += 1;
    return pool.step('train', examples, { rate: 1e-3, step });
  });
  const forward = await time(() => pool.loss('train'));
  await pool.close();
  return { train, forward };
}

/**
 * Multiply-adds of one training step, times two: dense layers only, forward once, backward twice.
 * Per layer and width H: edges take (1 + H/2)·H + 3·H² + 3·H, nodes 5·H² + H² + H.
 */
export function trainingFlops(bodies: number, batch: number, hidden = 64, layers = 4): number {
  const [edges, nodes] = [batch * bodies * (bodies - 1), batch * bodies];
  const edge = (1 + hidden / 2) * hidden + 3 * hidden ** 2 + 3 * hidden;
  const node = 6 * hidden ** 2 + hidden;
  const fuse = 16 * (hidden / 2) + (hidden / 2) ** 2;
  return 3 * 2 * (layers * (edges * edge + nodes * node) + edges * fuse);
}

/** Seconds that the published sets would take: 7,000 trajectories, extrapolated from some. */
export async function timeSimulation(bodies: number, trajectories: number, workers: number): Promise<number> {
  const simulation = defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies });
  const states = drawInitialStates(simulation, { train: trajectories, valid: 0, test: 0 });
  const start = performance.now();
  await simulateParallel(simulation, states, { workers });
  return ((performance.now() - start) / 1000) * (7000 / trajectories);
}

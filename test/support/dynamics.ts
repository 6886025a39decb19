import { type Graph, graphFeeds, graphSizes } from '../../src/graphs/index.js';
import { type DynamicsModel, systemInputs } from '../../src/newton/networks/index.js';
import type { SystemBatch } from '../../src/newton/networks/system-batch.js';
import type { Weights } from '../../src/nn/index.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { compile, gradient, input, meanSquare, sub } from '../../src/tensor/index.js';

/** What a network makes of systems whose targets are known. */
export interface Evaluation {
  /** [bodies, 3] */
  readonly pred: Float32Array;
  /** Mean squared error over coordinates. */
  readonly loss: number;
  /** The gradient of the loss, by parameter. */
  readonly gradients: ReadonlyMap<string, Float32Array>;
}

/** Systems, their graph and where their bodies should be, [bodies, 3]. */
export interface Problem {
  readonly systems: Pick<SystemBatch, 'positions' | 'velocities' | 'charges'>;
  readonly graph: Graph;
  readonly target: Float32Array;
}

/** Runs a network and its gradient, as often as one likes. */
export type Evaluator = (weights: Weights, problem: Problem) => Promise<Evaluation>;

/** Compiles a network and its gradient. */
export async function openModel(model: DynamicsModel): Promise<Evaluator> {
  const { positions: pred } = model.predict(systemInputs());
  const loss = meanSquare(sub(pred, input('target', ['nodes', 3])));
  const tensors = model.parameters.map(({ tensor }) => tensor);
  const names = model.parameters.map(({ name }) => name);
  const gradients = gradient(loss, tensors).map((tensor, k) => [`grad.${names[k]}`, tensor]);
  const executable = await (await openRuntime()).open(compile({ pred, loss, ...Object.fromEntries(gradients) }));
  return async (weights, { systems, graph, target }) => {
    const feeds = { ...systems, target, ...graphFeeds(graph), ...Object.fromEntries(weights) };
    const out = await executable.run(feeds, graphSizes(graph));
    return { pred: out.pred, loss: out.loss[0], gradients: new Map(names.map((name) => [name, out[`grad.${name}`]])) };
  };
}

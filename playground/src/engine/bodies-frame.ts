import type { SystemBatch } from 'clofnet';
import { type FrameForm, scalarize } from 'clofnet/geometry';
import { createGraph, edgeFrame, graphFeeds, graphMean, graphSizes } from 'clofnet/graphs';
import { systemInputs } from 'clofnet/newton';
import type { Executable } from 'clofnet/runtime';
import { compile, gather, type Program, sub, transpose } from 'clofnet/tensor';
import type { WebRuntime } from 'clofnet/web';
import type { Pair, PairFrame } from './bodies-types.js';

/** The frame of every edge and the components of x_i, x_j, v_i and v_j on it, as ClofNet's layers make them. */
function frameProgram(form: FrameForm): Program {
  const { positions, velocities, graph } = systemInputs();
  const x = sub(positions, graphMean(positions, graph)); // [nodes, 3]
  const { a, b, c } = edgeFrame(x, graph, form);
  const vectors = [x, velocities].flatMap((rows) =>
    [graph.receivers, graph.senders].map((end) => transpose(gather(rows, end))),
  ); // [3, edges] each
  return compile({ a, b, c, scalars: scalarize(vectors, { a, b, c }) });
}

const open = new WeakMap<WebRuntime, Map<FrameForm, Promise<Executable>>>();

function openProgram(runtime: WebRuntime, form: FrameForm): Promise<Executable> {
  const programs = open.get(runtime) ?? new Map<FrameForm, Promise<Executable>>();
  open.set(runtime, programs);
  const opening = programs.get(form) ?? runtime.open(frameProgram(form));
  programs.set(form, opening);
  opening.catch(() => programs.delete(form));
  return opening;
}

/** The local frame of a pair of bodies, and what is seen on it. */
export async function pairFrameOf(
  runtime: WebRuntime,
  { sizes, positions, velocities }: SystemBatch,
  [i, j]: Pair,
  form: FrameForm,
): Promise<PairFrame> {
  const executable = await openProgram(runtime, form);
  const graph = createGraph(sizes[0], Int32Array.of(j), Int32Array.of(i));
  const { a, b, c, scalars } = await executable.run({ ...graphFeeds(graph), positions, velocities }, graphSizes(graph));
  const end = (k: number): number[] => [...positions.subarray(3 * k, 3 * k + 3)];
  const numbers = Array.from(scalars, Number);
  return {
    ends: [end(i), end(j)],
    axes: [a, b, c].map((axis) => Array.from(axis, Number)),
    scalars: [0, 3, 6, 9].map((from) => numbers.slice(from, from + 3)),
    form,
  };
}

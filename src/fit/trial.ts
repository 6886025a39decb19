import { graphInputs, graphFeeds, graphSizes, createGraph, batchGraphs, type Graph } from '../graphs/index.js';
import { LofnetTrialNetwork, type LofnetTrial } from '../networks/lofnet-trial.js';
import { add, cast, gradient, input, mul, neg, reshape, scatterAdd, sub, sum, square } from '../tensor/index.js';
import { compileTraining } from '../training/training-programs.js';

export function programs(o: LofnetTrial, weightE: number) {
  const net = new LofnetTrialNetwork(o);
  const g = graphInputs();
  const species = input('species', ['nodes'], 'int32');
  const x = input('positions', ['nodes', 3]);
  const e = scatterAdd(net.energies(species, x, g), g.graphOfNode, 'graphs'); // [graphs,1]
  const [slope] = gradient(sum(e), [x]);
  const f = neg(slope);
  const scale = reshape(input('scale', [1]), []);
  const de = sub(e, input('energies', ['graphs', 1]));
  const df = sub(f, input('forces', ['nodes', 3]));
  const loss = mul(add(mul(sum(square(de)), weightE), sum(square(df))), scale);
  const lossE = mul(sum(square(de)), scale);
  return { net, sizesOut: cast(g.graphSizes, 'float32'), e, f, training: compileTraining(loss, net.parameters, loss), energyTraining: compileTraining(lossE, net.parameters, lossE) };
}

export interface TrialSet { n: number; sizes: Int32Array; first: Int32Array; species: Int32Array; positions: Float32Array; forces: Float32Array; energies: Float32Array }
export interface TrialTask { sets: Record<string, TrialSet>; cutoff: number }

export function graphOf(x: Float32Array, n: number, cutoff: number): Graph {
  const s: number[] = [], r: number[] = [];
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) {
    if (i === j) continue;
    const d2 = (x[3 * i] - x[3 * j]) ** 2 + (x[3 * i + 1] - x[3 * j + 1]) ** 2 + (x[3 * i + 2] - x[3 * j + 2]) ** 2;
    if (d2 < cutoff * cutoff) { r.push(i); s.push(j); }
  }
  return createGraph(n, Int32Array.from(s), Int32Array.from(r));
}

export function openExamples(task: TrialTask) {
  return {
    collate(name: string, examples: Int32Array) {
      const set = task.sets[name];
      const rows = examples.reduce((t, k) => t + set.sizes[k], 0);
      const species = new Int32Array(rows), positions = new Float32Array(3 * rows), forces = new Float32Array(3 * rows);
      const energies = new Float32Array(examples.length);
      let at = 0;
      const graphs: Graph[] = [];
      examples.forEach((k, b) => {
        const [from, n] = [set.first[k], set.sizes[k]];
        species.set(set.species.subarray(from, from + n), at);
        const p = set.positions.subarray(3 * from, 3 * (from + n));
        positions.set(p, 3 * at);
        forces.set(set.forces.subarray(3 * from, 3 * (from + n)), 3 * at);
        energies[b] = set.energies[k];
        graphs.push(graphOf(p, n, task.cutoff));
        at += n;
      });
      const graph = batchGraphs(graphs);
      return { feeds: { ...graphFeeds(graph), species, positions, forces, energies }, sizes: graphSizes(graph) };
    },
  };
}

export const trialExamples = (task: TrialTask) => ({
  sets: Object.fromEntries(Object.entries(task.sets).map(([name, set]) => [name, {
    edges: Int32Array.from(set.sizes, (n) => n * (n - 1)), terms: Float64Array.from(set.sizes, (n) => 3 * n) }])),
  task, openExamples, module: import.meta.url,
});

import type { ExampleSizes, ExampleSource, Examples } from '../../training/gradient-protocol.js';
import { measureSets } from '../../training/micro-batches.js';
import { batchOf, eachRow, valuesOf } from '../network/batch.js';
import type { FitSet } from './fit-set.js';

/** What the training workers are started with. */
export interface FitTask {
  readonly sets: Readonly<Record<string, FitSet>>;
  /** What the mean squared error of each target is multiplied by. */
  readonly weights: Readonly<Record<string, number>>;
}

/** The name of a target's numbers in programs, and of what their squared errors count. */
export const targetName = (name: string): string => `target_${name}`;
export const weightName = (name: string): string => `weight_${name}`;

/** Every geometry adds one term to the mean, whatever its size. */
const exampleSizes = ({ edges, sizes }: FitSet): ExampleSizes => ({
  edges: sizes.map((_, k) => edges.first[k + 1] - edges.first[k]),
  terms: new Float64Array(sizes.length).fill(1),
});

/** Geometries, ready to be learned from. */
export const fitExamples = (task: FitTask): Examples<FitTask> => ({
  sets: measureSets(task.sets, exampleSizes),
  task,
  openExamples,
  module: import.meta.url,
});

/** Gathers geometries, their targets, and what each squared error counts: nothing where a number is missing. */
export function openExamples({ sets, weights }: FitTask): ExampleSource {
  return {
    collate(name, examples) {
      const set = sets[name];
      if (!set) throw new Error(`there is no set of examples named ${name}`);
      const { feeds, sizes } = batchOf(set, examples);
      const targets = Object.entries(set.targets).flatMap(([target, rows]) => {
        const { ofGraphs, width, present } = rows;
        const counts = eachRow(set, examples, ofGraphs, (row, graph) => {
          const numbers = width * (ofGraphs ? 1 : set.sizes[examples[graph]]);
          return present[row] ? weights[target] / numbers : 0;
        });
        return [
          [targetName(target), valuesOf(set, rows, examples)],
          [weightName(target), counts],
        ] as const;
      });
      return { feeds: { ...feeds, ...Object.fromEntries(targets) }, sizes };
    },
  };
}

import { completeGraphs, graphFeeds, graphSizes } from '../../graphs/index.js';
import type { Feeds, Sizes } from '../../runtime/index.js';
import type { ExampleSizes, ExampleSource, Examples } from '../../training/gradient-protocol.js';
import { measureSets } from '../../training/micro-batches.js';
import type { SnapshotPairs } from '../data/snapshots.js';
import { type Fields, fieldArrays } from '../system/field-vectors.js';

/** What the training workers of many-body networks are started with. */
export interface NewtonTask {
  readonly sets: Readonly<Record<string, SnapshotPairs>>;
  readonly fields: Fields;
}

/** Every system is a complete graph, and adds three coordinates a body to the mean squared error. */
export const exampleSizes = ({ count, bodies }: { readonly count: number; readonly bodies: number }): ExampleSizes => ({
  edges: new Int32Array(count).fill(bodies * (bodies - 1)),
  terms: new Float64Array(count).fill(3 * bodies),
});

type Column = 'positions' | 'velocities' | 'targets' | 'charges' | 'edges';
/** How many numbers each has of a body. */
const columnsOf = (bodies: number): readonly [Column, number][] => [
  ['positions', 3],
  ['velocities', 3],
  ['targets', 3],
  ['charges', 1],
  ['edges', bodies - 1],
];

/** The inputs for so many systems of one size: the graph, made once, and arrays that are refilled each time. */
interface Slot {
  readonly feeds: Feeds;
  readonly columns: Record<Column, Float32Array>;
  readonly sizes: Sizes;
}

function createSlot(systems: number, bodies: number, fields: Fields): Slot {
  const graph = completeGraphs(new Array<number>(systems).fill(bodies));
  const columns = Object.fromEntries(
    columnsOf(bodies).map(([column, width]) => [column, new Float32Array(graph.nodes * width)]),
  ) as Slot['columns'];
  const { targets: target, ...inputs } = columns;
  return {
    feeds: { ...graphFeeds(graph), ...inputs, target, ...fieldArrays(fields, systems) },
    columns,
    sizes: graphSizes(graph),
  };
}

/** Copies some rows of so many numbers. One by one: views of rows this short would take several times as long. */
function copyRows(from: Float32Array, rows: Int32Array, length: number, to: Float32Array): void {
  for (let row = 0; row < rows.length; row++) {
    const start = rows[row] * length;
    for (let k = 0; k < length; k++) to[row * length + k] = from[start + k];
  }
}

/** Pairs of snapshots, ready to be learned from. */
export const newtonExamples = (task: NewtonTask): Examples<NewtonTask> => ({
  sets: measureSets(task.sets, exampleSizes),
  task,
  openExamples,
  module: import.meta.url,
});

/** Gathers examples into a program's inputs. */
export function openExamples({ sets, fields }: NewtonTask): ExampleSource {
  const slots = new Map<string, Slot>();
  return {
    collate(name, examples) {
      const set = sets[name];
      if (!set) throw new Error(`there is no set of examples named ${name}`);
      const { bodies } = set;
      const key = `${examples.length} × ${bodies}`;
      const slot = slots.get(key) ?? createSlot(examples.length, bodies, fields);
      slots.set(key, slot);
      for (const [column, width] of columnsOf(bodies)) {
        const values = set[column];
        if (values) copyRows(values, examples, width * bodies, slot.columns[column]);
      }
      return { feeds: slot.feeds, sizes: slot.sizes };
    },
  };
}

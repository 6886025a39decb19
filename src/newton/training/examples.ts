import { graphFeeds, graphSizes } from '../../graphs/index.js';
import { Rng } from '../../random/generator.js';
import type { Feeds, Sizes } from '../../runtime/index.js';
import type { ExampleSizes, ExampleSource, Examples } from '../../training/gradient-protocol.js';
import { measureSets } from '../../training/micro-batches.js';
import type { Windows } from '../data/windows.js';
import { type FieldName, fieldNames } from '../networks/system.js';
import { type GraphRule, pairsOfGraph, systemGraph, takePairs } from '../networks/system-graph.js';
import { type Fields, fieldArrays } from '../system/field-vectors.js';
import { type Augmentation, drawSigns, type Signs, turnedBy, unchanged } from './augmentation.js';

/** What the training workers of many-body networks are started with. */
export interface NewtonTask {
  readonly sets: Readonly<Record<string, Windows>>;
  readonly fields: Fields;
  /** Through how many steps of the network training goes, default 1: the targets of each lie a gap behind the last. */
  readonly steps?: number;
  /** Whether velocities are targets too; default false. */
  readonly velocities?: boolean;
  /** What is done to examples of the set `train` when a gradient is taken, and never else; default nothing. */
  readonly augmentation?: Augmentation;
  /** Which bodies the network sees as pairs; default all. */
  readonly graph?: GraphRule;
  /** What the coins of the augmentation are tossed by; default 0. */
  readonly seed?: number;
}

/** Every system has the edges of its graph, and adds three coordinates a body to the mean squared error. */
export const exampleSizes = (
  windows: Pick<Windows, 'bodies' | 'first' | 'positions'>,
  rule: GraphRule = {},
): ExampleSizes => ({
  edges: windows.bodies.map((count, k) => {
    if (rule.cutoff === undefined) return (count * (count - 1)) / (rule.once ? 2 : 1);
    const [from, to] = [windows.first[k], windows.first[k] + count].map((row) => 3 * row);
    return systemGraph([count], windows.positions.subarray(from, to), rule).senders.length;
  }),
  terms: Float64Array.from(windows.bodies, (count) => 3 * count),
});

/** Windows of trajectories, ready to be learned from. */
export const newtonExamples = (task: NewtonTask): Examples<NewtonTask> => ({
  sets: measureSets(task.sets, (windows) => exampleSizes(windows, task.graph)),
  task,
  openExamples,
  module: import.meta.url,
});

/** What is copied from a window's rows: numbers of a snapshot so many steps behind the input. */
interface Column {
  readonly feed: string;
  /** The column of the windows: `positions`, `velocities`, `charges`, or a further one. */
  readonly of: string;
  readonly step: number;
}

/** `target`, `targetVelocities` where they are learned, and the same with `_2`, `_3`, … for the steps that follow. */
function columnsOf({ sets, steps = 1, velocities = false }: NewtonTask): Column[] {
  const further = new Set(Object.values(sets).flatMap(({ columns = {} }) => Object.keys(columns)));
  const inputs = ['positions', 'velocities', 'charges', ...further].map((of) => ({ feed: of, of, step: 0 }));
  const targets = Array.from({ length: steps }, (_, k): Column[] => {
    const name = (word: string): string => (k === 0 ? word : `${word}_${k + 1}`);
    const places: Column = { feed: name('target'), of: 'positions', step: k + 1 };
    return velocities ? [places, { feed: name('targetVelocities'), of: 'velocities', step: k + 1 }] : [places];
  });
  return [...inputs, ...targets.flat()];
}

/** How many numbers a body has in a column. */
const widthOf = (column: string): number => (column === 'charges' || column.startsWith('scalars.') ? 1 : 3);

function numbersOf(windows: Windows, column: string): Float32Array {
  if (column === 'positions' || column === 'velocities' || column === 'charges') return windows[column];
  const numbers = windows.columns?.[column];
  if (!numbers) throw new Error(`there is no column ${column}`);
  return numbers;
}

/** What a program is fed. */
interface Inputs {
  readonly feeds: Feeds;
  readonly sizes: Sizes;
  /** Which of all ordered pairs the edges are. */
  readonly pairs: Int32Array | undefined;
}

/** The inputs for systems of some sizes: arrays that are refilled each time, and complete graphs, made once. */
interface Slot {
  readonly arrays: Feeds;
  readonly columns: readonly (Column & { readonly values: Float32Array })[];
  readonly fields: Readonly<Partial<Record<FieldName, Float32Array>>>;
  /** The numbers of all ordered pairs, where they are learned from. */
  readonly edges: Float32Array;
  /** The graph; undefined where it depends on positions. */
  readonly inputs: Inputs | undefined;
}

function inputsOf(bodies: readonly number[], positions: Float32Array, rule?: GraphRule): Inputs {
  const graph = systemGraph(bodies, positions, rule);
  return { feeds: graphFeeds(graph), sizes: graphSizes(graph), pairs: pairsOfGraph(graph, bodies, rule) };
}

function createSlot(
  bodies: readonly number[],
  names: readonly Column[],
  { fields: given, graph: rule }: NewtonTask,
): Slot {
  const nodes = bodies.reduce((sum, count) => sum + count, 0);
  const columns = names.map((column) => ({ ...column, values: new Float32Array(nodes * widthOf(column.of)) }));
  const fields = fieldArrays(given, bodies.length);
  const filled = Object.fromEntries(columns.map(({ feed, values }) => [feed, values]));
  const inputs = rule?.cutoff === undefined ? inputsOf(bodies, new Float32Array(), rule) : undefined;
  const edges = new Float32Array(bodies.reduce((sum, count) => sum + count * (count - 1), 0));
  return { arrays: { ...filled, ...fields }, columns, fields, edges, inputs };
}

const positionsIn = ({ columns }: Slot): Float32Array =>
  columns.find(({ feed }) => feed === 'positions')?.values ?? new Float32Array();

/** Kept for batches of the same sizes; where no two are alike, they are thrown away in time. */
const MOST_SLOTS = 16;

/**
 * Gathers examples into a program's inputs. Coins are tossed for each example and step by the run's seed: which thread
 * gathers an example, and which others beside it, makes no difference.
 */
export function openExamples(task: NewtonTask): ExampleSource {
  const { sets, fields, steps = 1, augmentation, graph: rule, seed = 0 } = task;
  const columns = columnsOf(task);
  const slots = new Map<string, Slot>();
  const coins = Rng.fromSeed(seed).fork('augmentation');
  return {
    collate(name, examples, step, kind) {
      const set = sets[name];
      if (!set) throw new Error(`there is no set of examples named ${name}`);
      const bodies = examples.map((example) => set.bodies[example]);
      const key = bodies.join();
      const slot = slots.get(key) ?? createSlot([...bodies], columns, task);
      if (slots.size >= MOST_SLOTS && !slots.has(key)) slots.clear();
      slots.set(key, slot);
      const isDrawn = augmentation && name === 'train' && kind === 'gradient';
      const signs = isDrawn ? drawSigns(augmentation, coins.fork(step), examples) : unchanged(examples.length);
      for (const column of slot.columns) gather(column, set, { examples, signs, steps });
      if (set.edges) gatherEdges(slot.edges, set.edges, { examples, bodies });
      for (const field of fieldNames) turn(slot.fields[field], fields[field], signs[turnedBy[field]]);
      const { feeds, sizes, pairs } = slot.inputs ?? inputsOf([...bodies], positionsIn(slot), rule);
      const numbers = set.edges && { edges: takePairs(slot.edges, pairs) };
      return { feeds: { ...feeds, ...slot.arrays, ...numbers }, sizes };
    },
  };
}

/** The examples of a batch, and what is done to each. */
interface Batch {
  readonly examples: Int32Array;
  readonly signs: Signs;
  /** From the first snapshot of an example to the last. */
  readonly steps: number;
}

/** Fills a column. Number by number: views of rows this short would take several times as long. */
function gather({ of, step, values }: Slot['columns'][number], set: Windows, { examples, signs, steps }: Batch): void {
  const { first, bodies, gap } = set;
  const [from, width] = [numbersOf(set, of), widthOf(of)];
  let to = 0;
  for (let k = 0; k < examples.length; k++) {
    const example = examples[k];
    const [mirror, reverse] = [signs.mirror[k], signs.reverse[k]];
    const sign = of === 'positions' ? mirror : of === 'velocities' ? mirror * reverse : 1;
    // Backwards in time, what is last comes first.
    const snapshots = gap * (reverse < 0 ? steps - step : step);
    const start = width * (first[example] + snapshots * bodies[example]);
    const end = start + width * bodies[example];
    for (let at = start; at < end; at++) values[to++] = sign * from[at];
  }
}

/** Fills in the numbers of pairs, the same in every snapshot. */
function gatherEdges(
  values: Float32Array,
  { numbers, first }: NonNullable<Windows['edges']>,
  { examples, bodies }: { readonly examples: Int32Array; readonly bodies: Int32Array },
): void {
  let to = 0;
  examples.forEach((example, k) => {
    const count = bodies[k] * (bodies[k] - 1);
    values.set(numbers.subarray(first[example], first[example] + count), to);
    to += count;
  });
}

/** The vector of a field at every system, turned around where the sign is −1. */
function turn(array: Float32Array | undefined, vector: Fields[FieldName], signs: Int8Array): void {
  if (!array || !vector) return;
  for (let k = 0; k < array.length; k++) array[k] = signs[Math.floor(k / 3)] * vector[k % 3];
}

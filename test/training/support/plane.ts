import { z } from 'zod';
import { UserError } from '../../../src/common/errors.js';
import { encodeWeightFile } from '../../../src/networks/weight-file.js';
import { fanIn, ParameterScope } from '../../../src/nn/index.js';
import { Rng } from '../../../src/random/generator.js';
import { add, input, matmul, mul, reshape, sub, sum, type Tensor } from '../../../src/tensor/index.js';
import { trainingSchema } from '../../../src/training/config.js';
import type { ExampleSizes, ExampleSource, Examples } from '../../../src/training/gradient-protocol.js';
import { measureSets } from '../../../src/training/micro-batches.js';
import type { RunTrainee } from '../../../src/training/start-run.node.js';
import { compileTraining, type TrainingPrograms } from '../../../src/training/training-programs.js';

/*
 * A small problem for the training loop: find the plane z = s·x + c through points. Its examples are heaps of points
 * of different sizes; the loss is the mean squared error over all points.
 */

/** Points of all examples, one after the other. */
export interface Heaps {
  /** Points of each example. */
  readonly sizes: readonly number[];
  /** [points, 2] */
  readonly x: readonly number[];
  /** [points] */
  readonly z: readonly number[];
}

/** What the workers are started with; trouble can be ordered. */
export interface PlaneTask {
  readonly sets: Readonly<Record<string, Heaps>>;
  /** The worker throws an Error or a UserError, or exits, when it meets this example. */
  readonly poison?: { readonly example: number; readonly way: 'throw' | 'complain' | 'exit' };
}

export const planeParameters = [
  { name: 'slope', shape: [2] },
  { name: 'offset', shape: [1] },
];

/** From `scale`, `x`, `z` and the parameters to `loss`, and its gradient. */
export function planePrograms(): TrainingPrograms {
  const parameters = planeParameters.map(({ name, shape }) => ({ name, shape, tensor: input(name, shape) }));
  const [slope, offset] = parameters.map(({ tensor }) => tensor);
  const height: Tensor = add(matmul(input('x', ['points', 2]), reshape(slope, [2, 1])), offset);
  const error = sub(height, input('z', ['points', 1]));
  return compileTraining(mul(sum(mul(error, error)), reshape(input('scale', [1]), [])), parameters);
}

/** Where each example starts among the points. */
const starts = ({ sizes }: Heaps): number[] => sizes.map((_, k) => sizes.slice(0, k).reduce((a, b) => a + b, 0));

/** The points of some examples. */
export function pointsOf(heaps: Heaps, examples: ArrayLike<number>): { x: number[]; z: number[] } {
  const first = starts(heaps);
  const rows = Array.from(examples).flatMap((k) => Array.from({ length: heaps.sizes[k] }, (_, row) => first[k] + row));
  return {
    x: rows.flatMap((row) => [heaps.x[2 * row], heaps.x[2 * row + 1]]),
    z: rows.map((row) => heaps.z[row]),
  };
}

export function openExamples({ sets, poison }: PlaneTask): ExampleSource {
  return {
    collate(set, examples) {
      if (poison && examples.includes(poison.example)) {
        if (poison.way === 'exit') process.exit(3);
        if (poison.way === 'complain') throw new UserError(`example ${poison.example} is wrong`);
        throw new Error(`example ${poison.example} is poisoned`);
      }
      const { x, z } = pointsOf(sets[set], examples);
      return { feeds: { x: Float32Array.from(x), z: Float32Array.from(z) }, sizes: { points: z.length } };
    },
  };
}

export const planeSizes = ({ sizes }: Heaps): ExampleSizes => ({
  edges: Int32Array.from(sizes),
  terms: Float64Array.from(sizes),
});

/** The points, ready to be learned from. */
export const planeExamples = (task: PlaneTask): Examples<PlaneTask> => ({
  sets: measureSets(task.sets, planeSizes),
  task,
  openExamples,
  module: import.meta.url,
});

const planeConfig = z.object({ data: z.string().default('here'), training: trainingSchema.prefault({}) });

type PlaneConfig = z.output<typeof planeConfig>;

/** The plane as something that is trained. @param places its data, by the places where they lie */
export const planeTrainee = (places: Readonly<Record<string, PlaneTask['sets']>>) =>
  ({
    command: 'plane train',
    config: planeConfig,
    build: () => {
      const scope = new ParameterScope();
      for (const { name, shape } of planeParameters) scope.parameter(name, shape, fanIn(2));
      const { parameters } = scope;
      return {
        parameters,
        objective: (sets) => ({ programs: planePrograms(), ...planeExamples({ sets }) }),
        weightFile: (weights, provenance) =>
          encodeWeightFile({ config: { model: 'plane' }, provenance }, parameters, weights),
      };
    },
    async load({ data }) {
      const sets = places[data];
      if (!sets) throw new UserError(`there are no heaps ${data}`);
      return { data: sets, hash: JSON.stringify(sets), origin: { found: 'in a test' } };
    },
    place: {
      kind: 'name',
      describe: ({ data }) => `the heaps ${data}`,
      move: (config, data) => ({ ...config, data }),
    },
  }) satisfies RunTrainee<PlaneConfig, PlaneTask['sets']>;

/** Heaps of 1 to 5 points about a plane. */
export function heapsAboutPlane(count: number, seed: number): Heaps {
  const rng = Rng.fromSeed(seed);
  const sizes = Array.from({ length: count }, () => 1 + rng.integer(5));
  const points = sizes.reduce((a, b) => a + b, 0);
  const x = [...rng.fillNormal(new Float32Array(2 * points))];
  const z = Array.from({ length: points }, (_, k) =>
    Math.fround(0.5 * x[2 * k] - 2 * x[2 * k + 1] + 1 + 0.1 * rng.normal()),
  );
  return { sizes, x, z };
}

/** The mean squared error of a plane and its gradient, in float64. */
export function plainLoss(
  { x, z }: { readonly x: readonly number[]; readonly z: readonly number[] },
  w: readonly number[],
) {
  let loss = 0;
  const slopes = [0, 0, 0];
  for (const [k, height] of z.entries()) {
    const error = w[0] * x[2 * k] + w[1] * x[2 * k + 1] + w[2] - height;
    loss += error ** 2 / z.length;
    for (const [p, factor] of [x[2 * k], x[2 * k + 1], 1].entries()) slopes[p] += (2 * error * factor) / z.length;
  }
  return { loss, gradient: slopes };
}

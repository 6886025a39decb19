import { dropoutMasks } from '../../nn/index.js';
import type { Rng } from '../../random/generator.js';
import type { Program } from '../../tensor/index.js';
import type { ExampleSizes, ExampleSource, Examples } from '../../training/gradient-protocol.js';
import { measureSets } from '../../training/micro-batches.js';
import { batchMolecules } from '../graphs/molecule-batch.js';
import { noiseStream } from './denoising.js';
import { graphOf, type SharedSet } from './shared-set.js';

/** What the training workers of score networks are started with. */
export interface ScoreMatchingTask {
  /** The seed of the run: of all its noise. */
  readonly seed: number;
  /** With bonded graphs. */
  readonly sets: Readonly<Record<string, SharedSet>>;
  /** The noise levels to draw from, in ångström. */
  readonly levels: readonly number[];
  /** The inputs of the gradient's program, the masks of dropout among them, and the share that they leave out. */
  readonly inputs: Program['inputs'];
  readonly dropout: number;
}

/** Every conformer adds one loss to the mean. */
export const scoreExampleSizes = ({ moleculeOf, edgeStart }: SharedSet): ExampleSizes => ({
  edges: moleculeOf.map((molecule) => edgeStart[molecule + 1] - edgeStart[molecule]),
  terms: new Float64Array(moleculeOf.length).fill(1),
});

/** Noised conformers, ready to be learned from. */
export const scoreExamples = (task: ScoreMatchingTask): Examples<ScoreMatchingTask> => ({
  sets: measureSets(task.sets, scoreExampleSizes),
  task,
  openExamples,
  module: import.meta.url,
});

/**
 * Draws a noise level and standard normals for conformers in shared memory: the same for the same seed, step, set and
 * example. The masks of dropout are those of what is run together, by its first example.
 */
export function openExamples({ seed, sets, levels, inputs, dropout }: ScoreMatchingTask): ExampleSource {
  return {
    collate(name, examples, step, kind) {
      const set = sets[name];
      if (!set) throw new Error(`there is no set of examples named ${name}`);
      const molecules = Array.from(examples, (example) => set.moleculeOf[example]);
      const batch = batchMolecules(
        molecules.map((molecule) => graphOf(set, molecule)),
        molecules.map((molecule) => set.levels[molecule]),
      );
      const positions = new Float32Array(3 * batch.sizes.nodes);
      const noise = new Float32Array(3 * batch.sizes.nodes);
      const sigma = new Float32Array(examples.length);
      const stream = noiseStream(seed, step).fork(name);
      for (const [k, example] of examples.entries()) {
        const rng = stream.fork(example);
        const [from, to] = [3 * batch.atomStart[k], 3 * batch.atomStart[k + 1]];
        sigma[k] = levels[rng.integer(levels.length)];
        rng.fillNormal(noise.subarray(from, to));
        positions.set(set.positions.subarray(set.positionStart[example], set.positionStart[example + 1]), from);
      }
      const masks =
        kind === 'gradient' ? dropoutMasks({ inputs }, batch.sizes, dropout, masking(stream, examples)) : {};
      return { feeds: { ...batch.feeds, ...masks, positions, noise, sigma }, sizes: batch.sizes };
    },
  };
}

const masking = (stream: Rng, [first]: Int32Array): Rng => stream.fork('dropout').fork(first);

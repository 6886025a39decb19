import { align, applyAlignment } from '../../geometry/index.js';
import { Rng } from '../../random/generator.js';
import { gather, input, mul, reshape, sub, sum } from '../../tensor/index.js';
import type { ExampleSizes, ExampleSource, Examples } from '../../training/gradient-protocol.js';
import { measureSets } from '../../training/micro-batches.js';
import { compileTraining, type TrainingPrograms } from '../../training/training-programs.js';
import { batchMolecules } from '../graphs/molecule-batch.js';
import { type Denoiser, dataVariance } from '../networks/denoiser.js';
import { moleculeInputs } from '../networks/molecule-tensors.js';
import { drawSigma, type NoiseLaw } from './noise-law.js';
import { graphOf, type SharedSet } from './shared-set.js';

/** What the training workers of denoisers are started with. */
export interface DenoisingTask {
  /** The seed of the run: of all its noise. */
  readonly seed: number;
  readonly sets: Readonly<Record<string, SharedSet>>;
  readonly noise: NoiseLaw;
}

/**
 * The weighted squared error of a denoiser, `scale` times Σ λ(σ) |D(x + σn; σ) − x|² over atoms (Karras et al. 2022,
 * eq. 2), and its gradient. λ is an input, `loss_weight` [graphs, 1].
 */
export function compileDenoising(model: Pick<Denoiser, 'denoise' | 'parameters'>): TrainingPrograms {
  const molecules = moleculeInputs();
  const found = model.denoise(molecules, input('noisy', ['nodes', 3]), input('sigma', ['graphs', 1]));
  const error = sub(found, input('clean', ['nodes', 3]));
  const weight = gather(input('loss_weight', ['graphs', 1]), molecules.graph.graphOfNode); // [nodes, 1]
  return compileTraining(mul(sum(mul(mul(error, error), weight)), reshape(input('scale', [1]), [])), model.parameters);
}

/** Every conformer adds three coordinates an atom to the mean squared error. */
export function exampleSizes({ moleculeOf, atomStart, edgeStart }: SharedSet): ExampleSizes {
  const size = (start: Int32Array, molecule: number): number => start[molecule + 1] - start[molecule];
  return {
    edges: moleculeOf.map((molecule) => size(edgeStart, molecule)),
    terms: Float64Array.from(moleculeOf, (molecule) => 3 * size(atomStart, molecule)),
  };
}

/** Noised conformers, ready to be learned from. */
export const denoisingExamples = (task: DenoisingTask): Examples<DenoisingTask> => ({
  sets: measureSets(task.sets, exampleSizes),
  task,
  openExamples,
  module: import.meta.url,
});

/** Draws noise for conformers in shared memory: the same for the same seed, step, set and example. */
export function openExamples({ seed, sets, noise }: DenoisingTask, varianceOf = dataVariance): ExampleSource {
  return {
    collate(name, examples, step) {
      const set = sets[name];
      if (!set) throw new Error(`there is no set of examples named ${name}`);
      const molecules = Array.from(examples, (example) => set.moleculeOf[example]);
      const batch = batchMolecules(
        molecules.map((molecule) => graphOf(set, molecule)),
        molecules.map((molecule) => set.levels[molecule]),
      );
      const nodes = batch.atomStart[examples.length];
      const [noisy, clean] = [new Float32Array(3 * nodes), new Float32Array(3 * nodes)];
      const [sigma, weight] = [new Float32Array(examples.length), new Float32Array(examples.length)];
      const stream = noiseStream(seed, step).fork(name);
      for (const [k, example] of examples.entries()) {
        const rng = stream.fork(example);
        sigma[k] = drawSigma(noise, rng);
        const variance = varianceOf(batch.atomStart[k + 1] - batch.atomStart[k]);
        weight[k] = 1 / variance + 1 / sigma[k] ** 2;
        const at = 3 * batch.atomStart[k];
        const shape = set.positions.subarray(set.positionStart[example], set.positionStart[example + 1]);
        const pair = noised(shape, sigma[k], rng);
        noisy.set(pair.noisy, at);
        clean.set(pair.clean, at);
      }
      return { feeds: { ...batch.feeds, noisy, clean, sigma, loss_weight: weight }, sizes: batch.sizes };
    },
  };
}

/** The random numbers that a step of a run draws its examples' noise from; step 0 is evaluation. */
export const noiseStream = (seed: number, step: number): Rng => Rng.fromSeed(seed).fork('noise').fork(step);

/**
 * A shape with noise, its centre at 0, and the shape turned so that it lies on the noised one as well as it can: which
 * way the shape lay before cannot be known, and asking for it would only add noise to the gradient.
 */
export function noised(shape: Float32Array, sigma: number, rng: Rng): { noisy: Float64Array; clean: Float64Array } {
  const clean = Float64Array.from(shape);
  const noise = rng.fillNormal(new Float64Array(shape.length), 0, sigma);
  const mean = [0, 1, 2].map((axis) => noise.reduce((total, value, k) => (k % 3 === axis ? total + value : total), 0));
  const noisy = clean.map((value, k) => value + noise[k] - (3 * mean[k % 3]) / shape.length);
  return { noisy, clean: applyAlignment(align(clean, noisy), clean) };
}

import { beforeAll, describe, expect, test } from 'vitest';
import type { Ensemble } from '../../../src/conformers/dataset/ensemble.js';
import { Denoiser } from '../../../src/conformers/networks/denoiser.js';
import { compileDenoising, exampleSizes, openExamples } from '../../../src/conformers/training/denoising.js';
import { drawSigma } from '../../../src/conformers/training/noise-law.js';
import { graphOf, shareEnsembles } from '../../../src/conformers/training/shared-set.js';
import { align, alignmentRmsd } from '../../../src/geometry/index.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { filled, initialize, ParameterScope } from '../../../src/nn/index.js';
import { Rng } from '../../../src/random/generator.js';
import type { Executable } from '../../../src/runtime/index.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { mul, type Tensor } from '../../../src/tensor/index.js';
import { FlatLayout } from '../../../src/training/flat-parameters.js';
import { expectClose } from '../../support/close.js';

const ensemble = (smiles: string, count: number, seed: number): Ensemble => {
  const molecule = parseSmiles(smiles);
  const rng = Rng.fromSeed(seed);
  const shape = () => rng.fillNormal(new Float32Array(3 * molecule.atomicNumbers.length), 1, 1.2);
  return { molecule, conformers: Array.from({ length: count }, shape), level: 'gfn2' };
};

const ensembles = [ensemble('C[C@H](O)N', 3, 1), ensemble('CCO', 2, 2)];
const set = shareEnsembles(ensembles);
const noise = { median: 0.5, spread: 1, low: 0.01, high: 10 };
const variance = (atoms: number): number => 0.1 * atoms;
const source = openExamples({ seed: 1, sets: { train: set }, noise }, variance);
const examples = Int32Array.of(4, 0, 2);

const numbers = (values: unknown): number[] => Array.from(values as Float32Array);

describe('examples of denoising', () => {
  const { feeds, sizes } = source.collate('train', examples, 7);
  const [noisy, clean, sigma, weight] = ['noisy', 'clean', 'sigma', 'loss_weight'].map((name) => numbers(feeds[name]));
  const atoms = Array.from(examples, (example) => ensembles[set.moleculeOf[example]].molecule.atomicNumbers.length);

  test('are the conformers that were asked for, in their order', () => {
    expect(sizes).toMatchObject({ graphs: 3, nodes: atoms.reduce((a, b) => a + b) });
    const shapes = [ensembles[1].conformers[1], ensembles[0].conformers[0], ensembles[0].conformers[2]];
    let at = 0;
    for (const shape of shapes) {
      const own = Float64Array.from(clean.slice(at, at + shape.length));
      expect(alignmentRmsd(own, Float64Array.from(shape))).toBeLessThan(1e-6);
      at += shape.length;
    }
  });

  test('have noise of the drawn deviation, at the origin, with the clean shape laid on it', () => {
    let at = 0;
    for (const [k, count] of atoms.entries()) {
      const [own, shape] = [noisy, clean].map((values) => Float64Array.from(values.slice(at, at + 3 * count)));
      const shift = own.map((x, i) => x - shape[i]);
      const deviation = Math.sqrt(shift.reduce((sum, x) => sum + x * x, 0) / shift.length);
      expect(deviation).toBeGreaterThan(0.4 * sigma[k]);
      expect(deviation).toBeLessThan(1.4 * sigma[k]);
      for (const values of [own, shape]) {
        for (let axis = 0; axis < 3; axis++) {
          expect(Math.abs(values.filter((_, i) => i % 3 === axis).reduce((a, b) => a + b, 0))).toBeLessThan(1e-5);
        }
      }
      const found = align(shape, own);
      expectClose(found.rotation, [1, 0, 0, 0, 1, 0, 0, 0, 1], 1e-5);
      at += 3 * count;
    }
  });

  test('weigh the error by (σ² + σ_data²) / (σ σ_data)²', () => {
    const expected = sigma.map((s, k) => (s ** 2 + variance(atoms[k])) / (s ** 2 * variance(atoms[k])));
    expectClose(
      weight.map((w, k) => w / expected[k]),
      [1, 1, 1],
      1e-5,
    );
  });

  test('are the same for the same seed and step, whatever else is in the batch, and others for others', () => {
    const alone = source.collate('train', Int32Array.of(0), 7).feeds;
    const other = source.collate('train', Int32Array.of(0), 8).feeds;
    const own = noisy.slice(3 * atoms[0], 3 * (atoms[0] + atoms[1]));
    expect(numbers(alone.noisy)).toEqual(own);
    expect(numbers(other.noisy)).not.toEqual(own);
    const reseeded = openExamples({ seed: 2, sets: { train: set }, noise }, variance);
    expect(numbers(reseeded.collate('train', Int32Array.of(0), 7).feeds.noisy)).not.toEqual(own);
    expect(() => source.collate('test', examples, 7)).toThrow('there is no set of examples named test');
  });

  test('know their edges and terms', () => {
    const { edges, terms } = exampleSizes(set);
    expect([...edges]).toEqual(Array.from(set.moleculeOf, (k) => graphOf(set, k).senders.length));
    expect([...terms]).toEqual(Array.from(set.moleculeOf, (k) => 3 * ensembles[k].molecule.atomicNumbers.length));
  });
});

test('σ is log-normal within its limits', () => {
  const rng = Rng.fromSeed(1);
  const drawn = Float64Array.from({ length: 4001 }, () => drawSigma({ ...noise, spread: 2 }, rng)).sort();
  expect(Math.abs(Math.log(drawn[2000] / 0.5))).toBeLessThan(0.1);
  expect([drawn[0], drawn[4000]]).toEqual([0.01, 10]);
});

describe('the objective of denoising', () => {
  const batch = source.collate('train', examples, 7);
  const scale = Float32Array.of(1 / 90);
  const [noisy, clean, weight] = ['noisy', 'clean', 'loss_weight'].map((name) => numbers(batch.feeds[name]));
  const graphOfNode = numbers(batch.feeds.graph_of_node);
  const weightOf = (k: number): number => weight[graphOfNode[Math.floor(k / 3)]];

  /** A denoiser with one parameter: D(x) = a · x. */
  function shrinking() {
    const scope = new ParameterScope();
    const tensor = scope.parameter('a', [1], filled(0));
    return { parameters: scope.parameters, denoise: (_: unknown, x: Tensor) => mul(x, tensor) };
  }

  test('is the weighted squared error, with its exact minimum where theory has it', async () => {
    const model = shrinking();
    const programs = compileDenoising(model);
    const runtime = await openRuntime();
    const gradient = await runtime.open(programs.gradient);
    const at = async (a: number) => {
      const result = await gradient.run({ ...batch.feeds, scale, weights: Float32Array.of(a) }, batch.sizes);
      return { loss: result.loss[0], slope: result.gradient[0] };
    };
    const lossAt = (a: number): number =>
      noisy.reduce((sum, x, k) => sum + weightOf(k) * (a * x - clean[k]) ** 2, 0) / 90;
    for (const a of [0, 0.4, 1]) expect((await at(a)).loss / lossAt(a)).toBeCloseTo(1, 5);
    const best =
      noisy.reduce((sum, x, k) => sum + weightOf(k) * x * clean[k], 0) /
      noisy.reduce((sum, x, k) => sum + weightOf(k) * x * x, 0);
    const scaleOfSlope = Math.abs((await at(0)).slope);
    expect(Math.abs((await at(best)).slope) / scaleOfSlope).toBeLessThan(1e-4);
    expect((await at(best)).loss).toBeLessThan((await at(best + 0.05)).loss);
    await gradient.close();
  });

  describe('of a small network', () => {
    const model = new Denoiser({ hidden: 6, layers: 2, vectors: 2 });
    const layout = new FlatLayout(model.parameters);
    const weights = layout.flatten(initialize(model.parameters, Rng.fromSeed(3)));
    let programs: { loss: Executable; gradient: Executable };
    beforeAll(async () => {
      const [runtime, compiled] = [await openRuntime(), compileDenoising(model)];
      programs = { loss: await runtime.open(compiled.loss), gradient: await runtime.open(compiled.gradient) };
      return async () => {
        await programs.loss.close();
        await programs.gradient.close();
      };
    });

    test('has the gradient that finite differences find, in every parameter', async () => {
      const feeds = { ...batch.feeds, scale, weights };
      const slopes = layout.views((await programs.gradient.run(feeds, batch.sizes)).gradient);
      const rng = Rng.fromSeed(4);
      const lossWith = async (name: string, values: Float32Array): Promise<number> => {
        const changed = weights.slice();
        layout.views(changed)[name].set(values);
        return (await programs.loss.run({ ...feeds, weights: changed }, batch.sizes)).loss[0];
      };
      for (const [name, values] of Object.entries(layout.views(weights))) {
        const slope = slopes[name];
        const length = Math.hypot(...slope);
        // Rows of elements and levels that are not in the batch have none.
        if (length === 0) continue;
        const way = slope.map((x) => x / length).map((x) => x + 0.1 * rng.normal() * Number(x !== 0));
        const step = 2e-2 / Math.hypot(...way);
        const moved = (sign: number) => values.map((x, k) => x + sign * step * way[k]);
        const found = ((await lossWith(name, moved(1))) - (await lossWith(name, moved(-1)))) / (2 * step);
        const expected = slope.reduce((sum, x, k) => sum + x * way[k], 0);
        expect(Math.abs(found - expected) / (Math.abs(expected) + 0.02), name).toBeLessThan(0.05);
      }
      const zero = Object.keys(slopes).filter((name) => Math.hypot(...slopes[name]) === 0);
      expect(zero).toEqual([]);
    });

    test('gives the same loss by both programs, and scales', async () => {
      const feeds = { ...batch.feeds, weights };
      const { loss } = await programs.loss.run({ ...feeds, scale }, batch.sizes);
      const both = await programs.gradient.run({ ...feeds, scale: Float32Array.of(2 / 90) }, batch.sizes);
      expect(both.loss[0] / loss[0]).toBeCloseTo(2, 5);
    });
  });
});

import { describe, expect, test } from 'vitest';
import type { Ensemble } from '../../../src/conformers/dataset/ensemble.js';
import { ScoreNetwork } from '../../../src/conformers/networks/score-network.js';
import { noiseLevels } from '../../../src/conformers/sampling/noise-levels.js';
import { openExamples, scoreExampleSizes } from '../../../src/conformers/training/score-examples.js';
import { compileScoreMatching } from '../../../src/conformers/training/score-matching.js';
import { shareEnsembles } from '../../../src/conformers/training/shared-set.js';
import { extendedGraph } from '../../../src/molecules/bond-graph/extended-graph.js';
import { expectClose } from '../../support/close.js';
import { knownShape } from '../support/stub-denoiser.js';

const ensembles = ['CCO', 'C[C@H](O)N'].map((smiles): Ensemble => {
  const { molecule, shape } = knownShape(smiles);
  return { molecule, conformers: [shape, shape.map((x) => -x)], level: 'gfn2' };
});
const set = shareEnsembles(ensembles, 2, 'bonded');
const levels = noiseLevels();
const { gradient } = compileScoreMatching(new ScoreNetwork({ hidden: 8, heads: 2 }), { dropout: true });
const task = { seed: 1, sets: { train: set }, levels, inputs: gradient.inputs, dropout: 0.25 };
const source = openExamples(task);
const numbers = (values: unknown): number[] => Array.from(values as Float32Array);
const examples = Int32Array.of(3, 0);
const atoms = [3, 0].map((k) => ensembles[set.moleculeOf[k]].molecule.atomicNumbers.length);

describe('examples of score matching', () => {
  const { feeds, sizes } = source.collate('train', examples, 7, 'gradient');

  test('are extended bond graphs, with messages from the row of an edge to its column', () => {
    const [first, second] = [1, 0].map((k) => extendedGraph(ensembles[k].molecule));
    expect(numbers(feeds.senders)).toEqual([...first.rows, ...second.rows.map((atom) => atom + atoms[0])]);
    expect(numbers(feeds.receivers)).toEqual([...first.cols, ...second.cols.map((atom) => atom + atoms[0])]);
    expect(numbers(feeds.edge_types)).toEqual([...first.types, ...second.types]);
    expect(numbers(feeds.atomic_numbers)).toEqual([1, 0].flatMap((k) => [...ensembles[k].molecule.atomicNumbers]));
    expectClose(numbers(feeds.positions), [...ensembles[1].conformers[1], ...ensembles[0].conformers[0]], 1e-6);
    expect(sizes).toMatchObject({
      nodes: atoms[0] + atoms[1],
      graphs: 2,
      edges: first.rows.length + second.rows.length,
    });
  });

  test('have noise levels out of those given, all of them in the long run, and standard normals', () => {
    const drawn = Array.from({ length: 400 }, (_, step) => source.collate('train', examples, step).feeds);
    const sigmas = drawn.flatMap(({ sigma }) => numbers(sigma));
    expect([...new Set(sigmas)].sort()).toEqual([...Float32Array.from(levels)].sort());
    const normals = drawn.flatMap(({ noise }) => numbers(noise));
    const variance = normals.reduce((sum, z) => sum + z * z, 0) / normals.length;
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });

  test('are the same for the same seed and step, whatever else is in the batch, and others for others', () => {
    const noiseOf = (seed: number, step: number): number[] =>
      numbers(openExamples({ ...task, seed }).collate('train', Int32Array.of(0), step).feeds.noise);
    const own = numbers(feeds.noise).slice(3 * atoms[0]);
    expect(noiseOf(1, 7)).toEqual(own);
    expect(noiseOf(1, 8)).not.toEqual(own);
    expect(noiseOf(2, 7)).not.toEqual(own);
  });

  test('have masks for the gradient alone', () => {
    const masks = Object.entries(feeds).filter(([name]) => name.startsWith('dropout.'));
    expect(masks).toHaveLength(8);
    const values = masks.flatMap(([, mask]) => numbers(mask));
    expect(new Set(values)).toEqual(new Set([0, Math.fround(4 / 3)]));
    const evaluated = source.collate('train', examples, 7, 'loss').feeds;
    expect(Object.keys(evaluated).filter((name) => name.startsWith('dropout.'))).toEqual([]);
    expect(() => source.collate('test', examples, 7)).toThrow('there is no set of examples named test');
  });

  test('know their edges, and count one each', () => {
    const { edges, terms } = scoreExampleSizes(set);
    expect([...edges]).toEqual(Array.from(set.moleculeOf, (k) => extendedGraph(ensembles[k].molecule).rows.length));
    expect([...terms]).toEqual([1, 1, 1, 1]);
  });
});

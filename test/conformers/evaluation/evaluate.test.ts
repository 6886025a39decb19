import { describe, expect, it } from 'vitest';
import { coverageCurve, evaluatePairs } from '../../../src/conformers/evaluation/evaluate.js';
import { heavyBonds, unansweredScores } from '../../../src/conformers/evaluation/evaluate-molecule.js';
import { evaluateParallel } from '../../../src/conformers/evaluation/evaluate-parallel.node.js';
import type { ConformerCost, EvaluationPair } from '../../../src/conformers/evaluation/evaluation.js';
import { matchGenerated } from '../../../src/conformers/evaluation/generated-source.js';
import type { GeneratedRecord } from '../../../src/conformers/evaluation/match-generated.js';
import { expectClose } from '../../support/close.js';
import { chiralSet, fixtureSets, mirrored, reordered, streamed } from '../../support/conformer-sets.js';

const sets = fixtureSets();
const references = sets.map(({ reference }) => reference);
const source = (records: readonly GeneratedRecord[]) => ({ name: 'made.sdf', records: streamed(records) });
const match = (records: readonly GeneratedRecord[], some = references) => matchGenerated(some, source(records));
const options = { thresholds: [0.5] };

describe('the evaluation of generated conformers', () => {
  it.each(sets.map((set) => [set.entry.smiles, set] as const))('of %s is as in the fixture', async (_, set) => {
    const { entry, reference, generated } = set;
    const { pairs, notes } = await match(generated, [reference]);
    const { molecules, all } = await evaluatePairs(pairs, options);
    expect(notes).toEqual([]);
    expect(all.recall.cov[0].mean).toBe(entry.cov_recall);
    expect(all.precision.cov[0].mean).toBe(entry.cov_precision);
    expect(all.recall.amr.mean).toBeCloseTo(entry.mat_recall, 4);
    expect(all.precision.amr.mean).toBeCloseTo(entry.mat_precision, 4);
    const bonds = heavyBonds(reference.molecule).map(String);
    const places = entry.mmd.bonds.map((ends) => bonds.indexOf(String(ends.toSorted((a, b) => a - b))));
    expectClose(
      places.map((k) => molecules[0].mmd?.single[k] ?? Number.NaN),
      entry.mmd.single,
      1e-2,
    );
    expect(molecules[0].mmd?.all).toBeCloseTo(entry.mmd.all_lengths, 2);
  });

  it.each(sets.map((set) => [set.entry.smiles, set] as const))(
    'of %s with symmetric terminal groups is as in the fixture',
    async (_, { entry, reference, generated }) => {
      const { pairs } = await match(generated, [reference]);
      const { molecules } = await evaluatePairs(pairs, { ...options, symmetrize: true });
      const best = entry.heavy_atom_best_rmsd_symmetrized.map((row) => Math.min(...row));
      expectClose(molecules[0].nearest?.ofReferences ?? [], best, 1e-4);
    },
  );

  it('does not depend on the order of records, nor of atoms', async () => {
    const records = sets.flatMap(({ generated }) => generated);
    const mixed = records.toReversed().map((record) => {
      const heavy = record.molecule.atomicNumbers.filter((element) => element !== 1).length;
      const atoms = Array.from(record.molecule.atomicNumbers.keys());
      return reordered(record, [...atoms.slice(0, heavy).reverse(), ...atoms.slice(heavy).reverse()]);
    });
    const [plain, other] = await Promise.all([records, mixed].map(async (some) => (await match(some)).pairs));
    const [a, b] = [await evaluatePairs(plain, options), await evaluatePairs(other, options)];
    for (const [k, { scores, mmd }] of a.molecules.entries()) {
      expect(b.molecules[k].scores.recall.amr).toBeCloseTo(scores.recall.amr, 6);
      expect(b.molecules[k].scores.precision.amr).toBeCloseTo(scores.precision.amr, 6);
      // Which of two like atoms is which is left open.
      expect(b.molecules[k].mmd?.all).toBeCloseTo(mmd?.all ?? 0, 1);
    }
    expect(b.stereoRate).toBe(1);
  });

  it('finds references in themselves', async () => {
    const own = references.flatMap(({ molecule, conformers }) =>
      conformers.map((positions) => ({ molecule, positions, cost: {} })),
    );
    const evaluation = await evaluatePairs((await match(own)).pairs, { thresholds: [0.01] });
    expect(evaluation.all.recall.cov[0]).toEqual({ mean: 1, median: 1 });
    expect(evaluation.all.precision.amr.mean).toBeLessThan(1e-3);
    expect(evaluation.mmd.all.mean).toBeCloseTo(0, 6);
    expect(evaluation).toMatchObject({ stereoRate: 1, validityRate: 1 });
  });

  it('counts molecules without an answer by the stated convention', async () => {
    const { pairs, notes } = await match(sets[0].generated, [references[0], references[1]]);
    const { all, answered, counts, molecules } = await evaluatePairs(pairs, options);
    expect(notes).toEqual([expect.stringContaining('1 of 2 molecules have no generated conformer')]);
    expect(counts).toEqual({ molecules: 2, answered: 1, references: 12, generated: 10 });
    expect(all.recall.cov[0].mean).toBeCloseTo(answered.recall.cov[0].mean / 2, 12);
    expect(molecules[1]).toMatchObject({ answered: false, generated: 0, nearest: null, mmd: null });
    expect(all.recall.amr.mean).toBeCloseTo((molecules[0].scores.recall.amr + molecules[1].scores.recall.amr) / 2, 12);
    const curve = coverageCurve(molecules, [0, 0.5, 9]);
    expect(curve[1].recall).toBeCloseTo(all.recall.cov[0].mean, 12);
    expect(curve[2]).toEqual({ delta: 9, recall: 0.5, precision: 0.5 });
  });

  it('scores a missing molecule with the radius of gyration of its references', () => {
    const { molecule } = references[0];
    const atoms = molecule.atomicNumbers.length;
    // Heavy atoms at the corners of a square of side 2, one of them twice in the middle: mean square distance 2 · 4/5.
    const corners = [1, 1, 0, -1, 1, 0, -1, -1, 0, 1, -1, 0, 0, 0, 0];
    const positions = Float32Array.from({ length: 3 * atoms }, (_, k) => (corners[k] ?? 50) + 7);
    const { recall, precision } = unansweredScores({ molecule, conformers: [positions], level: 'unknown' }, [0.5, 100]);
    expect(recall.cov).toEqual([0, 0]);
    expect(recall.amr).toBeCloseTo(Math.sqrt(8 / 5), 5);
    expect(precision).toEqual(recall);
  });

  it('counts costs where all conformers tell them', async () => {
    const pair = (costs: readonly ConformerCost[]): EvaluationPair => ({
      reference: references[0],
      generated: {
        positions: references[0].conformers.slice(0, costs.length),
        wrong: new Uint8Array(costs.length),
        costs,
      },
    });
    const one = pair([{ seconds: 1, networkCalls: 20 }]);
    const three = pair([{ seconds: 2 }, { seconds: 2 }, { seconds: 2, networkCalls: 20 }]);
    expect(await evaluatePairs([one, three], options)).toMatchObject({ seconds: 1.75, networkCalls: null });
    expect(await evaluatePairs([one], options)).toMatchObject({ seconds: 1, networkCalls: 20 });
    expect(await evaluatePairs([pair([{}])], options)).toMatchObject({ seconds: null, networkCalls: null });
  });

  it('tells its progress and stops when asked', async () => {
    const { pairs } = await match(sets.flatMap(({ generated }) => generated));
    const seen: number[] = [];
    const abort = new AbortController();
    const onProgress = (done: number): void => {
      seen.push(done);
      if (done === 3) abort.abort(new Error('enough'));
    };
    await expect(evaluatePairs(pairs, { ...options, onProgress, signal: abort.signal })).rejects.toThrow('enough');
    expect(seen).toEqual([1, 2, 3]);
  });
});

describe('the evaluation on several threads', () => {
  /** So many conformers that threads are started. */
  const large = async () => {
    const { pairs } = await match(sets.flatMap(({ generated }) => generated));
    return pairs.slice(0, 3).map(({ reference, generated }) => {
      const many = Array.from({ length: 30 }, () => generated.positions).flat();
      const { conformers } = reference;
      return {
        reference: { ...reference, conformers: Array.from({ length: 10 }, () => conformers).flat() },
        generated: { positions: many, wrong: new Uint8Array(many.length), costs: many.map(() => ({ seconds: 1 })) },
      };
    });
  };

  it('gives the same figures, in the same order', async () => {
    const pairs = await large();
    const seen: number[] = [];
    const onProgress = (done: number): number => seen.push(done);
    const parallel = await evaluateParallel(pairs, { ...options, workers: 2, onProgress });
    expect(parallel).toEqual(await evaluateParallel(pairs, { ...options, workers: 1 }));
    expect(seen).toEqual([1, 2, 3]);
  });

  it('stops when asked', async () => {
    const abort = new AbortController();
    const evaluation = evaluateParallel(await large(), { ...options, workers: 2, signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(evaluation).rejects.toThrow('enough');
  });

  it('refuses a number of threads that is none', async () => {
    await expect(evaluateParallel(await large(), { ...options, workers: 0 })).rejects.toThrow('number of workers');
  });
});

describe('matching generated conformers with references', () => {
  const { reference: chiral, generated: right } = chiralSet();
  const wrong = right.map((record) => ({ ...record, positions: mirrored(record.positions) }));

  it('knows a wrong isomer, and counts it for nothing', async () => {
    const { pairs, notes } = await match([...wrong.slice(0, 3), right[0]], [chiral]);
    expect(notes).toEqual([expect.stringContaining('3 generated conformers are wrong isomers')]);
    const { molecules, stereoRate } = await evaluatePairs(pairs, { thresholds: [100] });
    expect(stereoRate).toBe(0.25);
    expect(molecules[0]).toMatchObject({ generated: 4, rightIsomers: 1, answered: true });
    expect(molecules[0].scores.recall.cov).toEqual([1]);
    expect(molecules[0].scores.precision.cov).toEqual([0.25]);
    expect(new Set(molecules[0].nearest?.bestGenerated)).toEqual(new Set([3]));
  });

  it('has no answer where all are wrong isomers', async () => {
    const { pairs, notes } = await match(wrong, [chiral]);
    expect(notes).toHaveLength(2);
    const evaluation = await evaluatePairs(pairs, options);
    expect(evaluation).toMatchObject({ stereoRate: 0, counts: { answered: 0, generated: wrong.length } });
    expect(evaluation.answered.recall.amr.mean).toBeNaN();
  });

  it('takes the isomer that is there for what it is', async () => {
    const other = { ...chiral, molecule: wrong[0].molecule, conformers: chiral.conformers.map(mirrored) };
    const hands = chiral.molecule.centres.map((centre) => ({ ...centre, hand: centre.hand === 1 ? -1 : 1 }) as const);
    const enantiomer = { ...other, molecule: { ...chiral.molecule, smiles: 'the other hand', centres: hands } };
    const { pairs, notes } = await match([...right, ...wrong.slice(1)], [enantiomer, chiral]);
    expect(notes).toEqual([]);
    expect(pairs.map(({ generated }) => generated.positions.length)).toEqual([wrong.length - 1, right.length]);
  });

  it('takes references of one molecule as one', async () => {
    const { reference, generated } = sets[0];
    const half = { ...reference, conformers: reference.conformers.slice(0, 3) };
    const rest = { ...reference, conformers: reference.conformers.slice(3) };
    const { pairs, notes } = await match(generated, [half, rest]);
    expect(notes).toEqual([expect.stringContaining('1 of the references')]);
    expect(pairs).toHaveLength(1);
    expect(pairs[0].reference.conformers).toEqual(reference.conformers);
  });

  it('leaves out what is no reference, and says so unless references are but a part', async () => {
    const records = [...sets[0].generated, ...sets[2].generated.slice(0, 2)];
    const { pairs, notes } = await match(records, [references[0]]);
    expect(notes).toEqual([expect.stringMatching(/^2 of 12 generated conformers match no reference molecule/)]);
    expect(pairs[0].generated.positions).toHaveLength(10);
    const part = await matchGenerated([references[0]], source(records), { isPart: true });
    expect(part.notes).toEqual([]);
  });

  it('refuses sets that do not match, and empty ones', async () => {
    await expect(match(sets[2].generated, [references[0]])).rejects.toThrow(
      /none of the 10 conformers in made.sdf matches a reference molecule; the first is/,
    );
    await expect(match([])).rejects.toThrow('made.sdf holds no conformers');
  });
});

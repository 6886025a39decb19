import { describe, expect, it } from 'vitest';
import { distanceMmd, maximumMeanDiscrepancy } from '../../../src/conformers/evaluation/distance-mmd.js';
import { applyRotation, randomRotation } from '../../../src/geometry/index.js';
import { Rng } from '../../../src/random/generator.js';
import { bestRmsdCases, sdfPositions } from '../../support/best-rmsd-fixture.js';
import { expectClose } from '../../support/close.js';

const cases = bestRmsdCases();
const setsOf = ({ reference_sdf, generated_sdf }: (typeof cases)[number]) =>
  [sdfPositions(reference_sdf), sdfPositions(generated_sdf)] as const;

describe('the discrepancy of distances', () => {
  it.each(cases.map((entry) => [entry.smiles, entry] as const))('of %s is as in the fixture', (_, entry) => {
    const { single, all } = distanceMmd(...setsOf(entry), entry.mmd.bonds);
    expectClose(single, entry.mmd.single, 1e-9);
    expect(all).toBeCloseTo(entry.mmd.all_lengths, 9);
  });

  it('takes two at a time as all of a molecule with two distances', () => {
    const [references, generated] = setsOf(cases[0]);
    const { bonds } = cases[0].mmd;
    const twos = bonds.flatMap((a, k) => bonds.slice(k + 1).map((b) => distanceMmd(references, generated, [a, b])));
    const { pair } = distanceMmd(references, generated, bonds);
    expect(pair).toBeCloseTo(twos.reduce((sum, { all }) => sum + all, 0) / 6, 12);
    expect(twos[0].pair).toBe(twos[0].all);
    expect(distanceMmd(references, generated, bonds.slice(1)).single).toEqual(
      distanceMmd(references, generated, bonds).single.slice(1),
    );
  });

  it('does not see motions, nor the order of conformers', () => {
    const [references, generated] = setsOf(cases[1]);
    const { bonds } = cases[1].mmd;
    const rng = Rng.fromSeed(5);
    const moved = generated
      .map((positions) => applyRotation(randomRotation(rng), positions).map((x) => x + 3))
      .reverse();
    const [before, after] = [distanceMmd(references, generated, bonds), distanceMmd(references, moved, bonds)];
    expectClose(after.single, before.single, 1e-9);
    expect(after.pair).toBeCloseTo(before.pair, 9);
    expect(after.all).toBeCloseTo(before.all, 9);
  });

  it('is 0 between an ensemble and itself, and the same from either side', () => {
    const [references, generated] = setsOf(cases[2]);
    const { bonds } = cases[2].mmd;
    const same = distanceMmd(references, references, bonds);
    expectClose([...same.single, same.pair, same.all], new Array(bonds.length + 2).fill(0), 1e-12);
    const [there, back] = [distanceMmd(references, generated, bonds), distanceMmd(generated, references, bonds)];
    expect(back.all).toBeCloseTo(there.all, 12);
  });

  it('refuses to compare nothing', () => {
    const [references, generated] = setsOf(cases[0]);
    expect(() => distanceMmd(references, generated, [])).toThrow('no distances');
    expect(() => distanceMmd([], generated, cases[0].mmd.bonds)).toThrow(RangeError);
  });
});

describe('the kernel', () => {
  const of = (first: number[], second: number[], width = 1) =>
    maximumMeanDiscrepancy(Float64Array.from(first), Float64Array.from(second), width);

  it('of two single samples has a closed form', () => {
    // d² equals its mean over pairs: 2 · (5 − Σ exp(−2ᵏ/4)), k = −2 … 2, whatever the samples.
    const between = [0.25, 0.5, 1, 2, 4].reduce((sum, x) => sum + Math.exp(-x), 0);
    expect(of([0], [3])).toBeCloseTo(2 * (5 - between), 12);
    expect(of([0, 0], [1, 5], 2)).toBeCloseTo(2 * (5 - between), 12);
  });

  it('of three samples has a closed form', () => {
    // Samples 0, 0 and 1: squares 0, 1, 1, mean 2/3.
    const between = [0.25, 0.5, 1, 2, 4].reduce((sum, x) => sum + Math.exp(-1.5 * x), 0);
    expect(of([0, 0], [1])).toBeCloseTo(10 - 2 * between, 12);
  });

  it('is 0 where all samples are one', () => {
    expect(of([1.5, 1.5], [1.5])).toBe(0);
  });

  it('does not depend on the unit', () => {
    const [first, second] = [
      [1, 1.2, 1.4, 2],
      [1.1, 1.5],
    ];
    expect(of(first, second)).toBeCloseTo(
      of(
        first.map((x) => 100 * x),
        second.map((x) => 100 * x),
      ),
      12,
    );
  });

  it('refuses samples that are none', () => {
    expect(() => of([], [1])).toThrow('0 numbers are no samples');
    expect(() => of([1, 2, 3], [1, 2], 2)).toThrow('3 numbers are no samples of 2');
    expect(() => of([1, Number.NaN], [1])).toThrow('a sample holds NaN');
  });
});

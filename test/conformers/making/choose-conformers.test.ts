import { describe, expect, test } from 'vitest';
import { chooseConformers } from '../../../src/conformers/making/choose-conformers.js';
import type { FailedConformer, MadeConformer } from '../../../src/conformers/making/made-conformer.js';
import { BestRmsd } from '../../../src/molecules/symmetry/best-rmsd.js';
import { Rng } from '../../../src/random/generator.js';
import { knownShape } from '../support/stub-denoiser.js';

const butane = knownShape('CCCC');
const [right, left] = ['CC[C@H](C)O', 'CC[C@@H](C)O'].map(knownShape);
const failed: FailedConformer = { reason: 'torn', findings: [], attempts: 8 };

/** The minimum of a number: other numbers are at least .2 Å away. Turned about z by `turn`, which changes nothing. */
function at(minimum: number, energy: number | undefined, { molecule, shape } = butane, turn = 0): MadeConformer {
  const stretched = shape.map((x, k) => (k === 0 ? x + minimum : x));
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const coordinates = stretched.map((x, k) => [c * x - s * stretched[k + 1], s * stretched[k - 1] + c * x, x][k % 3]);
  const relaxed = energy === undefined ? { unsupported: 'no parameters' } : { energy };
  return { molecule, coordinates, attempts: 1, mirrored: false, relaxed };
}

const energies = (chosen: readonly MadeConformer[]): (number | undefined)[] =>
  chosen.map(({ relaxed }) => (relaxed && 'energy' in relaxed ? relaxed.energy : undefined));

describe('choosing from more than were requested', () => {
  test('gives each minimum places by the square of how often it was found', () => {
    // Found 3, 2 and 1 times: weights 9, 4, 1. Quotients with a first divisor of ½: 18, 8, 3 (9/3), 2, 1.8 (9/5), 1.3 (4/3).
    const drawn = [at(0, 5), at(1, 1), at(0, 5, butane, 1), at(2, 0), at(1, 1, butane, 2), at(0, 5, butane, 3)];
    expect(energies(chooseConformers(drawn, 1))).toEqual([5]);
    expect(energies(chooseConformers(drawn, 2))).toEqual([5, 1]);
    expect(energies(chooseConformers(drawn, 3))).toEqual([5, 1, 5]);
    expect(energies(chooseConformers(drawn, 4))).toEqual([5, 1, 5, 0]);
    expect(energies(chooseConformers(drawn, 5))).toEqual([5, 1, 5, 0, 5]);
    expect(chooseConformers(drawn, 6)).toEqual(drawn);
    expect(chooseConformers(drawn, 99)).toEqual(drawn);
  });

  test('takes the first drawn where nothing was found twice', () => {
    const drawn = [at(3, 9), at(1, 8), at(2, 7), at(0, 6)];
    expect(energies(chooseConformers(drawn, 2))).toEqual([9, 8]);
  });

  test('takes what is above the window last, the lowest first', () => {
    const drawn = [at(0, 9), at(0, 9.1), at(1, 0), at(2, 3), at(3, 8), at(4, 4)];
    const options = { window: 5 };
    expect(energies(chooseConformers(drawn, 3, options))).toEqual([0, 3, 4]);
    expect(energies(chooseConformers(drawn, 4, options))).toEqual([0, 3, 8, 4]);
    expect(energies(chooseConformers(drawn, 5, options))).toEqual([9, 0, 3, 8, 4]);
  });

  test('takes the lowest of each minimum where duplicates are not wanted', () => {
    const drawn = [at(0, 2), at(0, 1.9), at(1, 3), at(0, 2.1), at(2, 0), at(2, 0.1)];
    expect(energies(chooseConformers(drawn, 6, { unique: 0.1 }))).toEqual([1.9, 3, 0]);
    expect(energies(chooseConformers(drawn, 2, { unique: 0.1 }))).toEqual([1.9, 0]);
  });

  test('chooses none twice, and with a distance none within it', () => {
    const rng = Rng.fromSeed(3);
    const drawn = Array.from({ length: 40 }, () => at(0.15 * rng.integer(20), rng.normal()));
    for (const unique of [0.05, 0.2, 0.5]) {
      const chosen = chooseConformers(drawn, 15, { unique });
      const measure = new BestRmsd(butane.molecule);
      const shapes = chosen.map(({ coordinates }) => measure.shape(coordinates));
      shapes.forEach((one, i) => {
        for (const other of shapes.slice(0, i)) expect(measure.between(one, other)).toBeGreaterThanOrEqual(unique);
      });
    }
    expect(new Set(chooseConformers(drawn, 30)).size).toBe(30);
  });

  test('keeps the shares of isomers, each judged by its own energies', () => {
    // Two thirds are of the right isomer, all at one minimum; the left one is 50 kcal/mol lower.
    const drawn = Array.from({ length: 12 }, (_, k) => (k % 3 < 2 ? at(0, 50, right) : at(k, 0, left)));
    const chosen = chooseConformers(drawn, 6, { window: 1 });
    expect(energies(chosen)).toEqual([50, 50, 0, 50, 50, 0]);
  });

  test('leaves out failures, and takes what has no energy after what has', () => {
    expect(chooseConformers([failed, failed], 2)).toEqual([]);
    const drawn = [at(0, undefined), failed, at(1, 3), at(2, undefined)];
    expect(energies(chooseConformers(drawn, 5))).toEqual([undefined, 3, undefined]);
    expect(energies(chooseConformers(drawn, 1, { window: 5 }))).toEqual([3]);
    const none = [at(0, undefined), at(1, undefined), at(2, undefined)];
    expect(chooseConformers(none, 2, { window: 5 })).toEqual(none.slice(0, 2));
  });
});

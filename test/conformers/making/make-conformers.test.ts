import { describe, expect, test } from 'vitest';
import { type FailedConformer, isMade, type MadeConformer } from '../../../src/conformers/making/made-conformer.js';
import { type ConformerRequest, makeConformers } from '../../../src/conformers/making/make-conformers.js';
import { type MakingOptions, makingSettings } from '../../../src/conformers/making/making-settings.js';
import { checkStereo } from '../../../src/molecules/checks/stereo-checks.js';
import { loadResources } from '../../../src/molecules/open-chem-lib.node.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { handInSpace } from '../../../src/molecules/stereo/stereo-in-space.js';
import { Rng } from '../../../src/random/generator.js';
import { expectClose } from '../../support/close.js';
import { type Asked, centred, knownShape, mirrored, stubDenoiser } from '../support/stub-denoiser.js';

const threonine = knownShape('C[C@@H](O)[C@H](N)C(=O)O');
const butanol = knownShape('CC[C@H](C)O');

const requestsFor = (molecule: ConformerRequest['molecule'], count: number): ConformerRequest[] =>
  Array.from({ length: count }, (_, k) => ({ molecule, rng: Rng.fromSeed(1).fork(k) }));

const few: MakingOptions = { steps: 3, sigma: 0.5 };
const settings = (more: MakingOptions = {}) => makingSettings({ ...few, ...more });

function made(results: readonly (MadeConformer | FailedConformer)[]): readonly MadeConformer[] {
  const good = results.filter(isMade);
  expect(good).toHaveLength(results.length);
  return good;
}

function failedOnes(results: readonly (MadeConformer | FailedConformer)[]): readonly FailedConformer[] {
  const bad = results.filter((result): result is FailedConformer => !isMade(result));
  expect(bad).toHaveLength(results.length);
  return bad;
}

/** The shape with its last atom 3 Å further out. */
const torn = (shape: Float32Array): Float32Array => shape.map((x, k) => (k < shape.length - 3 ? x : x + 3));

describe('conformers that come out right', () => {
  test('are given as they are, in one attempt', async () => {
    const denoiser = stubDenoiser(() => butanol.shape);
    const results = made(await makeConformers(denoiser, requestsFor(butanol.molecule, 3), settings()));
    for (const result of results) {
      expectClose(result.coordinates, butanol.shape, 1e-5);
      expect(result).toMatchObject({ molecule: butanol.molecule, attempts: 1, mirrored: false });
      expect(result.relaxed).toBeUndefined();
      expect(result.path).toBeUndefined();
    }
    expect(denoiser.runs).toEqual([3]);
  });

  test.each(['langevin', 'predictor-corrector'] as const)('by %s too', async (sampler) => {
    const options = settings({ sampler, start: 'noise', steps: 3, sigma: 0.1 });
    const [result] = made(
      await makeConformers(
        stubDenoiser(() => butanol.shape),
        requestsFor(butanol.molecule, 1),
        options,
      ),
    );
    expectClose(result.coordinates, butanol.shape, 1e-4);
  });

  test('are mirrored where they came out as the mirror image, and so is the way there', async () => {
    for (const { molecule, shape } of [butanol, threonine]) {
      const requests = requestsFor(molecule, 2).map((request) => ({ ...request, trace: true }));
      for (const result of made(
        await makeConformers(
          stubDenoiser(() => mirrored(shape)),
          requests,
          settings(),
        ),
      )) {
        expectClose(result.coordinates, shape, 1e-5);
        expect(result).toMatchObject({ attempts: 1, mirrored: true });
        expect(checkStereo(molecule, result.coordinates)).toEqual([]);
        expectClose(result.path?.at(-1)?.coordinates ?? [], shape, 1e-5);
      }
    }
  });
});

describe('conformers that come out wrong', () => {
  test('are resampled, and only they', async () => {
    // The second of three is torn in two attempts.
    const denoiser = stubDenoiser(({ place, run }) =>
      (run === 0 && place === 1) || run === 1 ? torn(butanol.shape) : butanol.shape,
    );
    const results = made(await makeConformers(denoiser, requestsFor(butanol.molecule, 3), settings()));
    expect(results.map(({ attempts }) => attempts)).toEqual([1, 3, 1]);
    expect(denoiser.runs).toEqual([3, 1, 1]);
  });

  test('are reported with what is wrong after the last attempt', async () => {
    const denoiser = stubDenoiser(() => torn(butanol.shape));
    const [result] = failedOnes(
      await makeConformers(denoiser, requestsFor(butanol.molecule, 1), settings({ maxAttempts: 3 })),
    );
    expect(result.attempts).toBe(3);
    expect(result.reason).toMatch(/^bond length: .* is \d\.\d+ Å long, expected/);
    expect(result.findings[0].kind).toBe('bond length');
    expect(denoiser.runs).toEqual([1, 1, 1]);
  });

  test('start under less noise from the fifth draw on, if they start from shapes', async () => {
    const levels = async (start: 'shapes' | 'noise'): Promise<number[]> => {
      const sigmas: number[] = [];
      const onStep = ({ call, sigma }: { call: number; sigma: number }) => call === 0 && sigmas.push(sigma);
      const denoiser = stubDenoiser(() => torn(butanol.shape));
      const options = settings({ start, sigma: 0.4, maxAttempts: 10 });
      await makeConformers(denoiser, requestsFor(butanol.molecule, 1), options, { onStep });
      return sigmas.map((sigma) => Number(sigma.toFixed(6)));
    };
    expect(await levels('shapes')).toEqual([0.4, 0.4, 0.4, 0.4, 0.2, 0.1, 0.05, 0.03, 0.03, 0.03]);
    expect(await levels('noise')).toEqual(new Array(10).fill(0.4));
  });

  test('in one of two centres are never given', async () => {
    const other = knownShape('C[C@H](O)[C@H](N)C(=O)O').shape;
    for (const shape of [other, mirrored(other)]) {
      const denoiser = stubDenoiser(() => shape);
      const [result] = failedOnes(
        await makeConformers(denoiser, requestsFor(threonine.molecule, 1), settings({ maxAttempts: 2 })),
      );
      expect(result.reason).toContain('wrong hand');
    }
  });

  test('on the wrong side of a double bond are never given', async () => {
    const [trans, cis] = ['C/C=C/C', 'C/C=C\\C'].map(knownShape);
    const denoiser = stubDenoiser(() => cis.shape);
    const [result] = failedOnes(
      await makeConformers(denoiser, requestsFor(trans.molecule, 1), settings({ maxAttempts: 1 })),
    );
    expect(result.reason).toContain('wrong side');
  });

  test('for lack of a shape to start from are told too', async () => {
    // A centre that is to have both hands.
    const [centre] = butanol.molecule.centres;
    const contradiction = { ...centre, hand: centre.hand === 1 ? (-1 as const) : (1 as const) };
    const impossible = { ...butanol.molecule, centres: [centre, contradiction] };
    const denoiser = stubDenoiser(() => []);
    const [result] = failedOnes(
      await makeConformers(denoiser, requestsFor(impossible, 1), settings({ maxAttempts: 1 })),
    );
    expect(result).toEqual({
      reason: 'no shape of the right isomer was found to start from',
      findings: [],
      attempts: 1,
    });
    expect(denoiser.runs).toEqual([]);
  });
});

describe('stereo that is left open', () => {
  const open = parseSmiles('CC[CH](C)O');
  /** The shape of the hand that is wanted. */
  const wanted = ({ batch, place }: Asked): Float32Array => {
    const [{ hand }] = butanol.molecule.centres;
    return batch.feeds.centre_hand[place] === hand ? butanol.shape : mirrored(butanol.shape);
  };

  test('is another one for each conformer, and said', async () => {
    const results = made(await makeConformers(stubDenoiser(wanted), requestsFor(open, 20), settings()));
    const counts = new Map<string, number>();
    for (const { molecule, coordinates, mirrored: wasMirrored } of results) {
      expect(molecule.centres[0].hand).toBe(handInSpace(molecule.centres[0], coordinates));
      expect(wasMirrored).toBe(false);
      counts.set(molecule.smiles, (counts.get(molecule.smiles) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(['CC[C@@H](C)O', 'CC[C@H](C)O'].sort());
    for (const count of counts.values()) expect(count).toBeGreaterThan(4);
  });

  test('is the same for all conformers with isomers: first', async () => {
    const results = made(
      await makeConformers(stubDenoiser(wanted), requestsFor(open, 6), settings({ isomers: 'first' })),
    );
    expect(new Set(results.map(({ molecule }) => molecule)).size).toBe(1);
    expect(results[0].molecule.centres[0].hand).not.toBe(0);
  });

  test('is not of an isomer that cannot exist', async () => {
    const camphor = parseSmiles('CC1(C)C2CCC1(C)C(=O)C2');
    const shapes = ['CC1(C)[C@@H]2CC[C@@]1(C)C(=O)C2', 'CC1(C)[C@H]2CC[C@]1(C)C(=O)C2'].map(knownShape);
    const denoiser = stubDenoiser(({ batch, place }) => {
      const hands = [0, 1].map((k) => batch.feeds.centre_hand[2 * place + k]);
      const fitting = shapes.find(({ molecule }) => molecule.centres.every(({ hand }, k) => hand === hands[k]));
      return fitting?.shape ?? [];
    });
    for (const isomers of ['sample', 'first'] as const) {
      made(await makeConformers(denoiser, requestsFor(camphor, 4), settings({ isomers })));
    }
  });
});

describe('relaxation', () => {
  loadResources();

  test('ends in a minimum of MMFF94s, with its energy', async () => {
    const rough = centred(butanol.shape.map((x, k) => x + 0.03 * Math.sin(7 * k)));
    const denoiser = stubDenoiser(() => rough);
    const [result] = made(
      await makeConformers(denoiser, requestsFor(butanol.molecule, 1), settings({ relax: 'mmff94s' })),
    );
    expect(result.relaxed).toEqual({ energy: expect.any(Number) });
    expect(Math.max(...result.coordinates.map((x, k) => Math.abs(x - rough[k])))).toBeGreaterThan(0.01);
    const [again] = made(
      await makeConformers(
        stubDenoiser(() => result.coordinates),
        requestsFor(butanol.molecule, 1),
        settings({ relax: 'mmff94s' }),
      ),
    );
    if (!again.relaxed || !result.relaxed || !('energy' in again.relaxed) || !('energy' in result.relaxed))
      throw new Error('not relaxed');
    expect(again.relaxed.energy).toBeCloseTo(result.relaxed.energy, 2);
  });

  test('leaves molecules that it has no parameters for as they are, and says so', async () => {
    const selenide = knownShape('C[Se]C');
    const [result] = made(
      await makeConformers(
        stubDenoiser(() => selenide.shape),
        requestsFor(selenide.molecule, 1),
        settings({ relax: 'mmff94s' }),
      ),
    );
    expect(result.relaxed).toEqual({ unsupported: 'MMFF94s has no parameters for this molecule' });
    expectClose(result.coordinates, selenide.shape, 1e-5);
  });

  test('does not turn a wrong isomer into a right one', async () => {
    const other = knownShape('C[C@H](O)[C@H](N)C(=O)O').shape;
    const options = settings({ relax: 'mmff94s', maxAttempts: 1 });
    const [result] = failedOnes(
      await makeConformers(
        stubDenoiser(() => other),
        requestsFor(threonine.molecule, 1),
        options,
      ),
    );
    expect(result.reason).toContain('wrong hand');
  });
});

describe('the way to a conformer', () => {
  test('goes from noise to the conformer, where it is asked for', async () => {
    const [first, second] = requestsFor(butanol.molecule, 2);
    const requests = [first, { ...second, trace: true }];
    const options = settings({ start: 'noise', steps: 4, sigma: 5 });
    const results = made(
      await makeConformers(
        stubDenoiser(() => butanol.shape),
        requests,
        options,
      ),
    );
    expect(results[0].path).toBeUndefined();
    const path = results[1].path ?? [];
    expect(path.map(({ call }) => call)).toEqual([0, 2, 4, 6, 7]);
    expect(path[0].sigma).toBeCloseTo(5, 6);
    expect(path[4].sigma).toBe(0);
    const spread = (values: Float32Array): number => Math.hypot(...values) / Math.sqrt(values.length);
    expect(spread(path[0].coordinates)).toBeGreaterThan(3);
    expectClose(path[4].coordinates, results[1].coordinates, 1e-6);
  });

  test('of a long run is told in part', async () => {
    const requests = requestsFor(butanol.molecule, 1).map((request) => ({ ...request, trace: true }));
    const options = settings({ sampler: 'langevin', start: 'noise', steps: 10, sigma: 0.1 });
    const [{ path = [] }] = made(
      await makeConformers(
        stubDenoiser(() => butanol.shape),
        requests,
        options,
      ),
    );
    expect(path.length).toBeGreaterThan(100);
    expect(path.length).toBeLessThanOrEqual(251);
    expect(path.at(-1)).toMatchObject({ call: 1001, sigma: 0 });
  });
});

test('numbers that are not finite fail the conformer that they are of, and no other', async () => {
  const broken = butanol.shape.map((x, k) => (k === 4 ? Number.NaN : x));
  const denoiser = stubDenoiser(({ place, run }) => (place === 1 && run < 2 ? broken : butanol.shape));
  const requests = requestsFor(butanol.molecule, 3);
  const results = await makeConformers(denoiser, requests, settings({ maxAttempts: 3, relax: 'mmff94s' }));
  expect(made(results).map(({ attempts }) => attempts)).toEqual([1, 2, 1]);
  const always = stubDenoiser(({ place }) => (place === 1 || requests.length === 1 ? broken : butanol.shape));
  const [first, second] = await makeConformers(always, requests.slice(0, 2), settings({ maxAttempts: 1 }));
  expect(first).toHaveProperty('coordinates');
  expect(second).toMatchObject({
    attempts: 1,
    reason: expect.stringContaining('not finite: a coordinate of C1 is NaN'),
  });
});

test('it stops when it is asked to', async () => {
  const controller = new AbortController();
  const making = makeConformers(
    stubDenoiser(() => torn(butanol.shape)),
    requestsFor(butanol.molecule, 2),
    settings(),
    {
      signal: controller.signal,
      onStep: ({ call }) => {
        if (call > 2) controller.abort(new Error('enough'));
      },
    },
  );
  await expect(making).rejects.toThrow('enough');
});

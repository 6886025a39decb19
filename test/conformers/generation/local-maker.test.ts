import { expect, it } from 'vitest';
import { localMaker } from '../../../src/conformers/generation/local-maker.js';
import { makingSettings } from '../../../src/conformers/making/making-settings.js';
import type { OpenDenoiser } from '../../../src/conformers/networks/denoiser-run.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';

/** Answers at once, as WebAssembly does: without giving timers a turn. It moves nothing. */
const instant: OpenDenoiser = { of: () => async (positions) => positions.slice(), close: async () => {} };
const requests = [{ molecule: parseSmiles('CCO'), stream: { seed: 1, molecule: 0, conformer: 0 } }];

it('a maker on the calling thread hears of an abort while it samples', async () => {
  const settings = makingSettings({ steps: 1_000_000 });
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('enough')));
  await expect(localMaker(instant).make(requests, settings, stop.signal)).rejects.toThrow('enough');
});

it('a maker on the calling thread tells of every step', async () => {
  const calls: number[] = [];
  const maker = localMaker(instant, { onStep: ({ call }) => calls.push(call) });
  await maker.make(requests, makingSettings({ steps: 3, maxAttempts: 1 }));
  expect(calls).toEqual([0, 2, 4, 5]);
});

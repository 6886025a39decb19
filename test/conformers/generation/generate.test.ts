import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import type { ConformerMaker, PlainRequest } from '../../../src/conformers/generation/conformer-maker.js';
import { generateConformers } from '../../../src/conformers/generation/generate.js';
import type {
  GeneratedConformer,
  GenerateOptions,
  MoleculeSummary,
} from '../../../src/conformers/generation/generated.js';
import type { FailedConformer, MadeConformer } from '../../../src/conformers/making/made-conformer.js';
import type { Molecule } from '../../../src/molecules/molecule.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { knownShape } from '../support/stub-denoiser.js';

const molecules = ['CCO', 'CC(=O)O', 'C', 'CCCC'].map((smiles) => parseSmiles(smiles));
const shapes = new Map(['CCO', 'CC(=O)O', 'C', 'CCCC'].map((smiles) => [smiles, knownShape(smiles).shape]));

const label = ({ stream }: PlainRequest): string => `${stream.seed}/${stream.molecule}/${stream.conformer}`;

/** A maker that answers after so many turns, and keeps what it was asked for. */
function stubMaker({
  parallel = 1,
  batchEdges = 200,
  result = made,
  delay = () => 0,
}: {
  parallel?: number;
  batchEdges?: number;
  result?: (request: PlainRequest) => MadeConformer | FailedConformer;
  delay?: (call: number) => number;
} = {}) {
  const requested: string[][] = [];
  let running = 0;
  const most = { running: 0 };
  const maker: ConformerMaker = {
    parallel,
    batchEdges,
    async make(requests, _settings, signal) {
      const call = requested.push(requests.map(label)) - 1;
      most.running = Math.max(most.running, ++running);
      if (signal) setMaxListeners(0, signal);
      await sleep(delay(call), undefined, { signal })
        .catch(() => signal?.throwIfAborted())
        .finally(() => running--);
      return requests.map(result);
    },
    close: async () => undefined,
  };
  return { maker, requested, most };
}

/** The known shape, moved by a number that the stream decides. */
function made({ molecule, stream }: PlainRequest): MadeConformer {
  const shape = shapes.get(molecule.smiles) ?? new Float32Array(3 * molecule.atomicNumbers.length);
  const coordinates = shape.map((x, k) => (k === 0 ? x + 0.3 * stream.conformer : x));
  return { molecule, coordinates, attempts: 1, mirrored: false };
}

async function collect(
  given: Iterable<Molecule> | AsyncIterable<Molecule>,
  maker: ConformerMaker,
  options: GenerateOptions,
): Promise<{ conformers: GeneratedConformer[]; summaries: MoleculeSummary[]; order: string[] }> {
  const conformers: GeneratedConformer[] = [];
  const summaries: MoleculeSummary[] = [];
  const order: string[] = [];
  for await (const item of generateConformers(given, maker, options)) {
    order.push(item.kind === 'conformer' ? `${item.index}.${item.number}` : `end of ${item.index}`);
    if (item.kind === 'conformer') conformers.push(item);
    else summaries.push(item);
  }
  return { conformers, summaries, order };
}

const inOrder = [0, 1, 2, 3].flatMap((index) => [`${index}.0`, `${index}.1`, `${index}.2`, `end of ${index}`]);

describe('generating', () => {
  test('gives conformers in order, each molecule closed by its summary', async () => {
    const { maker, requested } = stubMaker();
    const { conformers, summaries, order } = await collect(molecules, maker, { count: 3, seed: 5 });
    expect(order).toEqual(inOrder);
    expect(conformers.map(({ given, molecule }) => given === molecule)).toEqual(new Array(12).fill(true));
    expect(summaries[1]).toEqual({
      kind: 'molecule',
      index: 1,
      molecule: molecules[1],
      requested: 3,
      generated: 3,
      made: 3,
      resampled: 0,
      mirrored: 0,
      duplicates: 0,
      failed: [],
    });
    expect(requested.flat()).toEqual([0, 1, 2, 3].flatMap((index) => [0, 1, 2].map((k) => `5/${index}/${k}`)));
  });

  test('puts several molecules together, the same ones for any number of threads', async () => {
    const pieces = async (parallel: number): Promise<string[][]> => {
      const { maker, requested } = stubMaker({ parallel, delay: (call) => (call % 2 === 0 ? 5 : 0) });
      const { order } = await collect(molecules, maker, { count: 3 });
      expect(order).toEqual(inOrder);
      return requested;
    };
    const alone = await pieces(1);
    expect(alone.length).toBeGreaterThan(2);
    expect(alone.some((piece) => new Set(piece.map((text) => text.split('/')[1])).size > 1)).toBe(true);
    for (const parallel of [2, 3, 50]) expect(await pieces(parallel)).toEqual(alone);
  });

  test('keeps as many pieces running as the maker likes', async () => {
    const { maker, most } = stubMaker({ parallel: 3, delay: () => 3 });
    await collect(molecules, maker, { count: 5 });
    expect(most.running).toBe(3);
  });

  test('takes a number of conformers for each molecule', async () => {
    const { maker } = stubMaker();
    const { order } = await collect(molecules, maker, { count: (_, index) => (index === 1 ? 2 : 1) });
    expect(order.filter((text) => !text.startsWith('end'))).toEqual(['0.0', '1.0', '1.1', '2.0', '3.0']);
  });

  test('reads molecules as they are wanted', async () => {
    let read = 0;
    async function* endless() {
      for (;;) {
        read++;
        yield molecules[0];
      }
    }
    const { maker } = stubMaker({ parallel: 2 });
    const seen: string[] = [];
    for await (const item of generateConformers(endless(), maker, { count: 2 })) {
      if (item.kind === 'conformer') seen.push(`${item.index}.${item.number}`);
      if (seen.length === 10) break;
    }
    expect(read).toBeLessThan(30);
  });

  test('makes of later molecules what they would have been when it goes on', async () => {
    const whole = stubMaker();
    const all = await collect(molecules, whole.maker, { count: 3 });
    for (const from of [0, 1, 2, 3, 4, 9]) {
      const { maker, requested } = stubMaker();
      const rest = await collect(molecules, maker, { count: 3, from });
      expect(rest.order).toEqual(inOrder.slice(4 * from));
      expect(rest.conformers).toEqual(all.conformers.slice(3 * from));
      // Pieces are cut as before, those without need are left out.
      for (const piece of requested) expect(whole.requested).toContainEqual(piece);
      expect(requested.flat().length).toBeLessThanOrEqual(12);
    }
    const last = stubMaker();
    await collect(molecules, last.maker, { count: 3, from: 9 });
    expect(last.requested).toEqual([]);
  });

  test('asks for the way of the first conformer, or of all', async () => {
    const traced = async (trace?: 'first' | 'all'): Promise<string[]> => {
      const found: string[] = [];
      const { maker } = stubMaker({
        result: (request) => {
          if (request.trace) found.push(label(request));
          return made(request);
        },
      });
      await collect(molecules.slice(0, 2), maker, { count: 2, trace });
      return found;
    };
    expect(await traced()).toEqual([]);
    expect(await traced('first')).toEqual(['1/0/0']);
    expect(await traced('all')).toHaveLength(4);
  });

  test('tells progress, failed conformers too', async () => {
    const failed: FailedConformer = { reason: 'torn', findings: [], attempts: 8 };
    const { maker } = stubMaker({ result: (request) => (request.stream.conformer === 1 ? failed : made(request)) });
    let finished = 0;
    const onProgress = (more: number) => {
      finished += more;
    };
    const { order, summaries } = await collect(molecules, maker, { count: 2, onProgress });
    expect(finished).toBe(8);
    expect(order.slice(0, 2)).toEqual(['0.0', 'end of 0']);
    expect(summaries.map(({ made: good, failed: bad }) => [good, bad])).toEqual(new Array(4).fill([1, [failed]]));
  });

  test('counts conformers that were resampled or mirrored', async () => {
    const { maker } = stubMaker({
      result: (request) => ({
        ...made(request),
        attempts: 1 + request.stream.conformer,
        mirrored: request.stream.conformer === 2,
      }),
    });
    const { summaries } = await collect(molecules.slice(0, 1), maker, { count: 3 });
    expect(summaries[0]).toMatchObject({ resampled: 2, mirrored: 1 });
  });
});

describe('conformers near to an earlier one', () => {
  // Conformer 1 is 0.3 Å off in one coordinate of one of four heavy atoms, conformer 2 twice that.
  test('are left out and counted', async () => {
    const unique = async (limit: number): Promise<[string[], number]> => {
      const { maker } = stubMaker();
      const { order, summaries } = await collect([molecules[3]], maker, { count: 4, unique: limit });
      return [order.slice(0, -1), summaries[0].duplicates];
    };
    expect(await unique(0.01)).toEqual([['0.0', '0.1', '0.2', '0.3'], 0]);
    expect(await unique(5)).toEqual([['0.0'], 3]);
  });

  test('but of another isomer or molecule are kept', async () => {
    const [right, left] = ['CC[C@H](C)O', 'CC[C@@H](C)O'].map(knownShape);
    const open = parseSmiles('CCC(C)O');
    const { maker } = stubMaker({
      result: ({ stream }) => {
        const { molecule, shape } = stream.conformer % 2 === 0 ? right : left;
        return { molecule, coordinates: shape, attempts: 1, mirrored: false };
      },
    });
    const { order, summaries } = await collect([open, open], maker, { count: 4, unique: 5 });
    expect(order).toEqual(['0.0', '0.1', 'end of 0', '1.0', '1.1', 'end of 1']);
    expect(summaries.map(({ duplicates }) => duplicates)).toEqual([2, 2]);
  });
});

describe('more relaxed conformers than requested', () => {
  const oversample: Partial<GenerateOptions> = { relax: 'mmff94s', oversample: 3 };
  /** Draws 1, 4, 7, … are one shape, the others each another one. */
  const often = ({ molecule, stream, trace }: PlainRequest): MadeConformer => {
    const number = stream.conformer % 3 === 1 ? 0 : 1 + stream.conformer;
    const { coordinates } = made({ molecule, stream: { ...stream, conformer: 5 * number } });
    const path = [{ call: 1, sigma: 0, coordinates }];
    return { molecule, coordinates, attempts: 1, mirrored: false, relaxed: { energy: number }, ...(trace && { path }) };
  };

  test('is drawn, and what was found most often is chosen, in the order of drawing', async () => {
    for (const parallel of [1, 3]) {
      const { maker, requested } = stubMaker({ result: often, parallel });
      const { conformers, summaries, order } = await collect(molecules, maker, { count: 3, ...oversample });
      expect(requested.flat()).toHaveLength(4 * 9);
      expect(order).toEqual(inOrder);
      // Three of nine attempts are one shape: quotients 18, 3 and 1.8 (3² over ½, 3, 5) against 2 (1 over ½) of each other.
      // Where there is one heavy atom, all attempts are one shape.
      const energiesOf = ({ atomicNumbers }: Molecule): number[] =>
        atomicNumbers.filter((z) => z > 1).length === 1 ? [0, 0, 0] : [1, 0, 0];
      const chosen = molecules.flatMap(energiesOf).map((energy) => ({ relaxed: { energy }, samplerRuns: 3 }));
      expect(conformers).toMatchObject(chosen);
      expect(summaries[2]).toMatchObject({ requested: 3, generated: 9, made: 3, duplicates: 0, failed: [] });
    }
  });

  test('gives other conformers in the place of duplicates', async () => {
    const { maker } = stubMaker({ result: often });
    const { conformers, summaries } = await collect([molecules[3]], maker, { count: 3, unique: 0.05, ...oversample });
    expect(conformers.map(({ relaxed }) => relaxed)).toEqual([{ energy: 1 }, { energy: 0 }, { energy: 3 }]);
    expect(summaries[0]).toMatchObject({ made: 3, duplicates: 0 });
    const all = await collect([molecules[3]], maker, { count: 3, unique: 50, ...oversample });
    expect(all.summaries[0]).toMatchObject({ requested: 3, made: 1, duplicates: 2, failed: [] });
  });

  test('makes up for conformers that failed, as far as it goes', async () => {
    const failed: FailedConformer = { reason: 'torn', findings: [], attempts: 8 };
    const summary = async (good: number): Promise<MoleculeSummary> => {
      const { maker } = stubMaker({ result: (request) => (request.stream.conformer < good ? often(request) : failed) });
      return (await collect([molecules[0]], maker, { count: 3, ...oversample })).summaries[0];
    };
    expect(await summary(5)).toMatchObject({ made: 3, failed: [] });
    expect(await summary(2)).toMatchObject({ made: 2, failed: [failed] });
    expect(await summary(0)).toMatchObject({ made: 0, failed: [failed, failed, failed] });
  });

  test('counts as what was asked for in progress, and keeps one way where one is wanted', async () => {
    const { maker } = stubMaker({ result: often });
    let finished = 0;
    const onProgress = (more: number) => {
      finished += more;
    };
    const options = { count: 3, ...oversample, onProgress };
    const paths = async (trace: 'first' | 'all') =>
      (await collect(molecules, maker, { ...options, trace })).conformers.map(({ path }) => path !== undefined);
    expect(await paths('first')).toEqual([true, ...new Array(11).fill(false)]);
    expect(finished).toBe(12);
    expect(await paths('all')).toEqual(new Array(12).fill(true));
  });
});

describe('generating ends', () => {
  test('when it is told to, with the reason given', async () => {
    const controller = new AbortController();
    const { maker } = stubMaker({ parallel: 2, delay: () => 20 });
    const items = generateConformers(molecules, maker, { count: 3, signal: controller.signal });
    await items.next();
    controller.abort(new Error('enough'));
    await expect(async () => {
      for await (const _ of items);
    }).rejects.toThrow('enough');
    const late = generateConformers(molecules, maker, { count: 3, signal: controller.signal });
    await expect(late.next()).rejects.toThrow('enough');
  });

  test('when the reader leaves: what still runs is stopped', async () => {
    const { maker } = stubMaker({ parallel: 4, delay: (call) => (call === 0 ? 0 : 60_000) });
    for await (const item of generateConformers(molecules, maker, { count: 3 })) {
      expect(item.kind).toBe('conformer');
      break;
    }
  });

  test('with an error of the maker or of the input', async () => {
    const broken = stubMaker({
      result: () => {
        throw new UserError('the disk is full');
      },
    });
    await expect(collect(molecules, broken.maker, { count: 1 })).rejects.toThrow('the disk is full');
    async function* bad() {
      yield molecules[0];
      throw new UserError('no molecule');
    }
    await expect(collect(bad(), stubMaker().maker, { count: 9 })).rejects.toThrow('no molecule');
  });

  test.each<[Partial<GenerateOptions>, string]>([
    [{ count: 0 }, 'the number of conformers must be a whole number of at least 1, not 0'],
    [{ unique: 0 }, 'the RMSD of unique conformers must be a number above 0, not 0'],
    [{ seed: -1 }, 'the seed must be a whole number of at least 0, not -1'],
    [{ steps: 0 }, 'steps must be a whole number of at least 1'],
    [{ maxAttempts: 0 }, 'maxAttempts must be a whole number'],
  ])('at once for %o', async (options, message) => {
    const { maker, requested } = stubMaker();
    await expect(collect(molecules, maker, { count: 1, ...options })).rejects.toThrow(message);
    expect(requested).toEqual([]);
  });
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { readMetrics } from '../../src/training/run-folder.node.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

const records = [
  { epoch: 1, step: 8, rate: 0.01, train: 0.5, gradientNorm: 2 },
  { epoch: 2, step: 16, rate: 0.01, train: 0.4, gradientNorm: 1, valid: 0.3, test: 0.25 },
];

/** A folder with these lines of metrics. */
async function withMetrics(name: string, lines: readonly string[]): Promise<string> {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'metrics.jsonl'), lines.map((line) => `${line}\n`).join(''));
  return join(folder, name);
}

describe('the metrics of a run', () => {
  it('come back as they were written, to the last byte', async () => {
    const lines = records.map((record) => JSON.stringify(record));
    const read = await readMetrics(await withMetrics('whole', lines));
    expect(read.map((record) => JSON.stringify(record))).toEqual(lines);
  });

  it('are none before the first epoch', async () => {
    expect(await readMetrics(join(folder, 'no-such-run'))).toEqual([]);
  });

  it.each([
    ['cut', '{"epoch": 2, "st'],
    ['foreign', '{"epoch": "2"}'],
    ['empty', 'null'],
  ])('are refused with a line that is %s', async (name, line) => {
    const run = await withMetrics(name, [JSON.stringify(records[0]), line]);
    await expect(readMetrics(run)).rejects.toThrow(UserError);
    await expect(readMetrics(run)).rejects.toThrow(/metrics.jsonl, line 2: this is not a record of an epoch/);
  });

  it('are not taken for none where they cannot be read', async () => {
    await mkdir(join(folder, 'odd', 'metrics.jsonl'), { recursive: true });
    await expect(readMetrics(join(folder, 'odd'))).rejects.toThrow(/metrics.jsonl: it is a folder/);
  });
});

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createModel } from '../../src/newton/networks/registry.js';
import { compileObjective } from '../../src/newton/training/objective.js';
import { sessionOptions } from '../../src/runtime/onnx-runtime.js';
import { decode } from '../support/onnx-nodes.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

const { gradient } = compileObjective(createModel({ model: 'clof_vel', layers: 2 }));

const transposes = (bytes: Uint8Array<ArrayBuffer>): number =>
  decode({ ...gradient, bytes }).graph?.node.filter(({ opType }) => opType === 'Transpose').length ?? 0;

/** How many transposes ONNX Runtime would run, by the graph that it has made of the program. */
async function optimizedTransposes(options: ort.InferenceSession.SessionOptions): Promise<number> {
  const optimizedModelFilePath = join(folder, 'optimized.onnx');
  const session = await ort.InferenceSession.create(gradient.bytes, { ...options, optimizedModelFilePath });
  await session.release();
  return transposes(new Uint8Array(await readFile(optimizedModelFilePath)));
}

test('ONNX Runtime leaves transposes where they are', async () => {
  const options = sessionOptions('cpu', 1);
  expect(await optimizedTransposes(options)).toBe(transposes(gradient.bytes));
  // Were it not told to, it would move them and so make more.
  expect(await optimizedTransposes({ ...options, extra: {} })).toBeGreaterThan(transposes(gradient.bytes));
});

import * as ort from 'onnxruntime-node';
import { expect, test, vi } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { parseDevice } from '../../src/runtime/devices.js';
import type { Executable, Feeds, Sizes } from '../../src/runtime/index.js';
import { createRuntime, type OrtModule } from '../../src/runtime/onnx-runtime.js';
import { compile, gather, input, where } from '../../src/tensor/index.js';

const x = input('x', ['nodes', 2]);
const flag = input('flag', [2], 'bool');
const program = compile({ rows: gather(where(flag, x, 0), input('index', ['edges'], 'int32')) });

const feeds: Feeds = { x: new Float32Array(6), index: new Int32Array(4), flag: new Uint8Array(2) };
const sizes: Sizes = { nodes: 3, edges: 4 };

/** The program, and a count of the times that ONNX Runtime was asked to run it. */
async function watched(): Promise<{ executable: Executable; runs: () => number }> {
  let spy = vi.fn();
  const create = async (bytes: Uint8Array, options: ort.InferenceSession.SessionOptions) => {
    const session = await ort.InferenceSession.create(bytes, options);
    spy = vi.spyOn(session, 'run');
    return session;
  };
  const watching = { ...ort, InferenceSession: { create } } as unknown as OrtModule;
  const executable = await createRuntime(watching, 'cpu').open(program);
  return { executable, runs: () => spy.mock.calls.length };
}

type Mistake = readonly [what: string, feeds: Feeds, sizes: Sizes, into: Feeds, error: Error];

const mistakes: readonly Mistake[] = [
  [
    'a missing input',
    { x: feeds.x, flag: feeds.flag },
    sizes,
    {},
    new TypeError('no values given for input index [edges]'),
  ],
  [
    'a wrong dtype',
    { ...feeds, index: new Float32Array(4) },
    sizes,
    {},
    new TypeError('index: expected int32 values, got Float32Array'),
  ],
  [
    'a wrong dtype',
    { ...feeds, x: new Int32Array(6) },
    sizes,
    {},
    new TypeError('x: expected float32 values, got Int32Array'),
  ],
  [
    'a wrong dtype',
    { ...feeds, flag: new Float32Array(2) },
    sizes,
    {},
    new TypeError('flag: expected bool values, got Float32Array'),
  ],
  [
    'a wrong length',
    { ...feeds, x: new Float32Array(5) },
    sizes,
    {},
    new RangeError('x: 5 values given for shape [3, 2] ([nodes, 2])'),
  ],
  [
    'a wrong length',
    { ...feeds, index: new Int32Array(0) },
    sizes,
    {},
    new RangeError('index: 0 values given for shape [4] ([edges])'),
  ],
  ['a missing size', feeds, { nodes: 3 }, {}, new RangeError('index [edges]: no size given for axis edges')],
  ['a negative size', feeds, { nodes: -3, edges: 4 }, {}, new RangeError('x [nodes, 2]: -3 is no size for axis nodes')],
  ['half a size', feeds, { nodes: 2.5, edges: 4 }, {}, new RangeError('x [nodes, 2]: 2.5 is no size for axis nodes')],
  [
    'an output array of a wrong length',
    feeds,
    sizes,
    { rows: new Float32Array(7) },
    new RangeError('rows: 7 values given for shape [4, 2] ([edges, 2])'),
  ],
  [
    'an output array of a wrong dtype',
    feeds,
    sizes,
    { rows: new Int32Array(8) },
    new TypeError('rows: expected float32 values, got Int32Array'),
  ],
];

test.each(mistakes)('%s is refused before anything runs', async (_, given, lengths, into, error) => {
  const { executable, runs } = await watched();
  await expect(executable.run(given, lengths, into)).rejects.toThrow(error);
  expect(runs()).toBe(0);
  // The program is none the worse for it.
  expect((await executable.run(feeds, sizes)).rows).toEqual(new Float32Array(8));
  expect(runs()).toBe(1);
  await executable.close();
});

test('a row number outside the table stops the run', async () => {
  const { executable } = await watched();
  const beyond = { ...feeds, index: Int32Array.of(0, 1, 2, 3) };
  await expect(executable.run(beyond, sizes)).rejects.toThrow('indices element out of data bounds, idx=3');
  await executable.close();
});

test('devices are known by name', () => {
  expect(parseDevice('cpu')).toBe('cpu');
  expect(parseDevice('webgpu')).toBe('webgpu');
  expect(() => parseDevice('cuda')).toThrow(new UserError("unknown device 'cuda': choose cpu or webgpu"));
});

import * as ort from 'onnxruntime-node';
import { afterEach, describe, expect, test } from 'vitest';
import type { Executable, OpenOptions, Runtime } from '../../src/runtime/index.js';
import { createRuntime } from '../../src/runtime/onnx-runtime.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { add, compile, gather, input, matmul, mul, type Program, scatterAdd, sum } from '../../src/tensor/index.js';

const x = input('x', ['nodes', 2]);
const index = input('index', ['edges'], 'int32');
const neighbours = scatterAdd(gather(x, index), index, 'nodes');
const program = compile({ neighbours, total: sum(neighbours) });

const opened: Executable[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((executable) => executable.close()));
});

async function open(what: Program, options?: OpenOptions): Promise<Executable> {
  const runtime: Runtime = await openRuntime();
  const executable = await runtime.open(what, options);
  opened.push(executable);
  return executable;
}

describe('one program', () => {
  const small = { feeds: { x: Float32Array.of(1, 2), index: Int32Array.of(0, 0, 0) }, sizes: { nodes: 1, edges: 3 } };
  const large = {
    feeds: { x: Float32Array.of(1, 2, 3, 4, 5, 6), index: Int32Array.of(2, 0) },
    sizes: { nodes: 3, edges: 2 },
  };
  const empty = { feeds: { x: new Float32Array(0), index: new Int32Array(0) }, sizes: { nodes: 0, edges: 0 } };

  test('runs at any sizes, in any order', async () => {
    const executable = await open(program);
    for (const round of [1, 2]) {
      const a = await executable.run(small.feeds, small.sizes);
      expect([round, ...a.neighbours, ...a.total]).toEqual([round, 3, 6, 9]);
      const b = await executable.run(large.feeds, large.sizes);
      expect([...b.neighbours, ...b.total]).toEqual([1, 2, 0, 0, 5, 6, 14]);
      const c = await executable.run(empty.feeds, empty.sizes);
      expect([...c.neighbours, ...c.total]).toEqual([0]);
    }
  });

  test('reads an input anew at every run, in the same array or another', async () => {
    const executable = await open(program);
    const feeds = { x: Float32Array.from(large.feeds.x), index: Int32Array.from(large.feeds.index) };
    const first = await executable.run(feeds, large.sizes);
    feeds.x[0] = 100;
    feeds.index[0] = 1;
    const second = await executable.run(feeds, large.sizes);
    expect([...second.neighbours]).toEqual([100, 2, 3, 4, 0, 0]);
    const third = await executable.run({ ...feeds, x: new Float32Array(6) }, large.sizes);
    expect([...third.neighbours]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...first.neighbours]).toEqual([1, 2, 0, 0, 5, 6]);
  });

  test('sees one array as another shape when the sizes change', async () => {
    const executable = await open(compile({ y: matmul(input('a', ['m', 'k']), input('b', ['k', 1])) }));
    const a = Float32Array.of(1, 2, 3, 4, 5, 6);
    const narrow = await executable.run({ a, b: Float32Array.of(1, 1) }, { m: 3, k: 2 });
    expect([...narrow.y]).toEqual([3, 7, 11]);
    const wide = await executable.run({ a, b: Float32Array.of(1, 1, 1) }, { m: 2, k: 3 });
    expect([...wide.y]).toEqual([6, 15]);
  });

  test('writes into the arrays that it is given, and returns them', async () => {
    const executable = await open(program);
    const into = { neighbours: new Float32Array(6).fill(9) };
    for (const factor of [1, 2, 3]) {
      const feeds = { ...large.feeds, x: large.feeds.x.map((value) => factor * value) };
      const results = await executable.run(feeds, large.sizes, into);
      expect(results.neighbours).toBe(into.neighbours);
      expect([...into.neighbours]).toEqual([1, 2, 0, 0, 5, 6].map((value) => factor * value));
      expect([...results.total]).toEqual([14 * factor]);
    }
  });

  test('may be run again before the last run is done', async () => {
    const executable = await open(program);
    const runs = [1, 2, 3, 4].map((factor) =>
      executable.run({ ...large.feeds, x: large.feeds.x.map((value) => factor * value) }, large.sizes),
    );
    const totals = (await Promise.all(runs)).map(({ total }) => total[0]);
    expect(totals).toEqual([14, 28, 42, 56]);
  });

  test('gives the same numbers with more threads', async () => {
    const results = await (await open(program, { threads: 2 })).run(large.feeds, large.sizes);
    expect([...results.neighbours]).toEqual([1, 2, 0, 0, 5, 6]);
  });
});

test('two programs do not disturb each other', async () => {
  const [double, triple] = [await open(compile({ y: mul(x, 2) })), await open(compile({ y: mul(x, 3) }))];
  const feeds = { x: Float32Array.of(1, 2) };
  const results = await Promise.all([double, triple].map((executable) => executable.run(feeds, { nodes: 1 })));
  expect(results.map(({ y }) => [...y])).toEqual([
    [2, 4],
    [3, 6],
  ]);
});

test('a program without named sizes needs none', async () => {
  const executable = await open(compile({ y: add(input('a', [2]), 1) }));
  expect([...(await executable.run({ a: Float32Array.of(1, 2) })).y]).toEqual([2, 3]);
});

test('a runtime says what it is', async () => {
  expect(createRuntime(ort, 'cpu')).toMatchObject({ device: 'cpu', version: ort.env.versions.node });
  expect((await openRuntime()).device).toBe('cpu');
});

import { expect } from 'vitest';
import type { Values } from '../../src/runtime/index.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { type CompileOptions, compile, type DType, type Program, type Tensor } from '../../src/tensor/index.js';
import { count, type Data, evaluate, resolve, type Sizes } from './reference.js';

/** Numbers in the array type of a dtype. */
export function toValues(dtype: DType, data: readonly number[]): Values {
  if (dtype === 'float32') return Float32Array.from(data);
  if (dtype === 'int32') return Int32Array.from(data);
  if (dtype === 'int64') return BigInt64Array.from(data, BigInt);
  return Uint8Array.from(data);
}

/** Runs a program once on the CPU, in float32. */
export async function runProgram(program: Program, data: Data, sizes: Sizes = {}): Promise<Record<string, number[]>> {
  const runtime = await openRuntime('cpu');
  const executable = await runtime.open(program);
  const feeds = Object.fromEntries(program.inputs.map(({ name, dtype }) => [name, toValues(dtype, data[name])]));
  const results = await executable.run(feeds, sizes);
  await executable.close();
  return Object.fromEntries(
    Object.entries(results).map(([name, values]) => [name, Array.from<number | bigint, number>(values, Number)]),
  );
}

/** Compiles tensors and runs them once on the CPU, in float32. */
export async function runTensors(
  outputs: Readonly<Record<string, Tensor>>,
  data: Data,
  sizes: Sizes = {},
  options: CompileOptions = {},
): Promise<Record<string, number[]>> {
  return runProgram(compile(outputs, options), data, sizes);
}

/** Expects two lists to differ by at most `tolerance`, relative to the largest expected number where that is above 1. */
export function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  for (const [k, value] of actual.entries()) {
    if (!(Math.abs(value - expected[k]) <= tolerance * scale)) {
      expect.fail(`element ${k}: ${value}, expected ${expected[k]} ± ${tolerance * scale}`);
    }
  }
}

/** Expects the compiled program to give what the reference gives, to float32 accuracy. */
export async function expectProgramMatches(
  outputs: Readonly<Record<string, Tensor>>,
  data: Data,
  sizes: Sizes = {},
  tolerance = 1e-5,
): Promise<void> {
  const actual = await runTensors(outputs, data, sizes);
  const expected = evaluate(Object.values(outputs), data, sizes);
  for (const [k, name] of Object.keys(outputs).entries()) {
    expect(expected[k].data.length).toBe(count(resolve(outputs[name].shape, sizes)));
    expectClose(actual[name], expected[k].data, tolerance);
  }
}

/** The slope of a scalar along one element of an input, from four values: exact to the fourth order of the step. */
function slope(loss: Tensor, data: Data, sizes: Sizes, name: string, k: number): number {
  const step = 1e-3;
  const at = (offset: number): number => {
    const moved = { ...data, [name]: data[name].with(k, data[name][k] + offset) };
    return evaluate([loss], moved, sizes)[0].data[0];
  };
  return (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step);
}

/** The gradient of a scalar with respect to an input, by central differences in float64. */
export const numericalGradient = (loss: Tensor, data: Data, sizes: Sizes, name: string): number[] =>
  data[name].map((_, k) => slope(loss, data, sizes, name, k));

import * as ort from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import type { Executable, Runtime } from '../../src/runtime/index.js';
import { createRuntime } from '../../src/runtime/onnx-runtime.js';
import { disagreement, selfCheck } from '../../src/runtime/self-check.js';

const cpu = createRuntime(ort, 'cpu');

type Results = Record<string, Float32Array>;

/** A device that does what the CPU does, and then something to its results. */
function fake(spoil: (results: Results) => Results): Runtime {
  const open = async (...given: Parameters<Runtime['open']>): Promise<Executable> => {
    const executable = await cpu.open(...given);
    return { run: async (...args) => spoil(await executable.run(...args)), close: () => executable.close() };
  };
  return { device: 'webgpu', version: 'none', open };
}

/** Changes one element of one result. */
const changed = (name: string, k: number, change: (value: number) => number): Runtime =>
  fake((results) => ({ ...results, [name]: results[name].with(k, change(results[name][k])) }));

test('a device agrees with itself', async () => {
  expect(await disagreement(cpu, cpu)).toBe(0);
  await expect(selfCheck(cpu, cpu)).resolves.toBeUndefined();
});

test('rounding passes', async () => {
  await expect(
    selfCheck(
      changed('y', 3, (value) => value + 1e-6),
      cpu,
    ),
  ).resolves.toBeUndefined();
});

describe('refuses a device', () => {
  const wrong: readonly (readonly [string, Runtime, string])[] = [
    ['that is off in a value', changed('y', 3, (value) => value + 0.5), '5.0e-1'],
    ['that is off in the last gradient', changed('slope', 63, (value) => value - 2e-4), '2.0e-4'],
    ['that gives NaN', changed('y', 0, () => Number.NaN), 'Infinity'],
    ['that gives infinity', changed('slope', 0, () => Infinity), 'Infinity'],
    ['that leaves results out', fake(({ y }) => ({ y, slope: new Float32Array(0) })), 'Infinity'],
  ];

  test.each(wrong)('%s', async (_, runtime, by) => {
    const message = `device webgpu computes wrong numbers (off by ${by}); use --device cpu`;
    await expect(selfCheck(runtime, cpu)).rejects.toThrow(new UserError(message));
  });

  test('when the reference itself gives NaN', async () => {
    await expect(
      selfCheck(
        cpu,
        changed('y', 0, () => Number.NaN),
      ),
    ).rejects.toThrow('computes wrong numbers');
  });

  test('that cannot be opened, in one line', async () => {
    const cause = new Error('no adapter found\nat somewhere in C++');
    const broken: Runtime = { device: 'webgpu', version: 'none', open: () => Promise.reject(cause) };
    const refusal = selfCheck(broken, cpu);
    const message = 'device webgpu cannot be used here: no adapter found; use --device cpu';
    await expect(refusal).rejects.toThrow(new UserError(message, { cause }));
    await expect(refusal).rejects.toMatchObject({ cause });
  });

  test('that fails as it runs, without the place in the source of ONNX Runtime', async () => {
    const broken = fake(() => {
      throw new Error(
        '/onnxruntime_src/onnxruntime/core/x.cc:136 void f(int)::<lambda()> a == b was false. Out of luck',
      );
    });
    const message = 'device webgpu cannot be used here: Out of luck; use --device cpu';
    await expect(selfCheck(broken, cpu)).rejects.toThrow(new UserError(message));
  });
});

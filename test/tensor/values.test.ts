import { describe, expect, test } from 'vitest';
import type { Tensor } from '../../src/tensor/index.js';
import { type OpName, opTable } from '../../src/tensor/table.js';
import { expectProgramMatches } from '../support/numeric.js';
import { describeCase, sampleData } from '../support/op-case.js';
import { opCases } from '../support/op-cases.js';

const contains = (tensor: Tensor, name: OpName): boolean =>
  tensor.op === opTable[name] || tensor.inputs.some((input) => contains(input, name));

test('every op of the table has cases that use it', () => {
  expect(Object.keys(opCases).sort()).toEqual(Object.keys(opTable).sort());
  for (const name of Object.keys(opTable) as OpName[]) {
    expect(opCases[name].length, name).toBeGreaterThan(2);
    expect(
      opCases[name].every(({ output }) => contains(output, name)),
      name,
    ).toBe(true);
  }
});

test('the table files every op under its name', () => {
  for (const [name, op] of Object.entries(opTable)) expect(op.name).toBe(name);
});

describe.each(Object.entries(opCases))('%s: the compiled value equals the reference', (_, cases) => {
  test.each(cases.map((given) => [describeCase(given), given] as const))('%s', async (_, { output, feeds, sizes }) => {
    await expectProgramMatches({ output }, sampleData(feeds, sizes), sizes);
  });
});

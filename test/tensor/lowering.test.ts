import { describe, expect, test } from 'vitest';
import {
  add,
  compile,
  constant,
  div,
  exp,
  expand,
  gradient,
  input,
  matmul,
  maximum,
  minimum,
  mul,
  reshape,
  scatterAdd,
  sigmoid,
  silu,
  sin,
  sum,
  type Tensor,
} from '../../src/tensor/index.js';
import { expectClose, runProgram, runTensors } from '../support/numeric.js';
import { decode, nodeTypes } from '../support/onnx-nodes.js';
import { evaluate } from '../support/reference.js';

const x = input('x', [2, 3]);
const data = { x: [-3, -0.5, 0, 0.25, 1, 30] };

describe('silu', () => {
  const y = silu(x);
  const [slope] = gradient(sum(y), [x]);

  test('is one fused node where only the value is wanted', () => {
    expect(nodeTypes({ y })).toEqual(['QuickGelu']);
  });

  test('shares its sigmoid with the gradient', () => {
    const types = nodeTypes({ y, slope });
    expect(types).not.toContain('QuickGelu');
    expect(types.filter((type) => type === 'Sigmoid')).toHaveLength(1);
    expect(nodeTypes({ y, gate: sigmoid(x) }).sort()).toEqual(['Mul', 'Sigmoid']);
  });

  test('has the same values both ways', async () => {
    const [expected] = evaluate([y], data);
    const alone = await runTensors({ y }, data);
    const shared = await runTensors({ y, slope }, data);
    expectClose(alone.y, expected.data, 1e-6);
    expectClose(shared.y, expected.data, 1e-6);
    expectClose(shared.y, alone.y, 1e-6);
  });
});

describe('sums', () => {
  const rows = input('rows', ['n', 3]);
  const slopeOf = (bias: Tensor): Tensor => gradient(sum(sin(add(rows, bias))), [bias])[0];

  test('of a gradient over the rows that a bias was added to need no reshape after them', () => {
    expect(nodeTypes({ slope: slopeOf(input('bias', [3])) }).at(-1)).toBe('MatMul');
  });

  test('of such a gradient keep an axis of size 1', () => {
    expect(slopeOf(input('bias', [1, 3])).shape).toEqual([1, 3]);
    expect(slopeOf(input('bias', [1])).shape).toEqual([1]);
  });

  test("of a matrix's rows are products with ones", () => {
    for (const shape of [
      [3, 'n'],
      ['n', 3],
      [5, 2],
    ] as const) {
      for (const keepDims of [false, true])
        expect(nodeTypes({ y: sum(input('x', shape), [0], { keepDims }) }).at(-1)).toBe('MatMul');
      expect(nodeTypes({ y: sum(input('x', shape), [1]) })).toEqual(['ReduceSum']);
      expect(nodeTypes({ y: sum(input('x', shape)) })).toEqual(['ReduceSum']);
    }
    expect(nodeTypes({ y: sum(input('x', [3, 'n', 2]), [0]) })).toEqual(['Reshape', 'Expand', 'MatMul', 'Reshape']);
    expect(nodeTypes({ y: sum(input('x', ['n', 3, 2]), [0]) })).toContain('MatMul');
  });

  test('along a short axis in the middle are additions', () => {
    const [kept, dropped] = [true, false].map((keepDims) =>
      nodeTypes({ y: sum(input('x', ['n', 3, 2]), [1], { keepDims }) }),
    );
    expect(kept).toEqual(['Slice', 'Slice', 'Slice', 'Add', 'Add']);
    expect(dropped).toEqual([...kept, 'Reshape']);
    expect(nodeTypes({ y: sum(input('x', ['n', 9, 2]), [1]) })).toEqual(['ReduceSum']);
    expect(nodeTypes({ y: sum(input('x', ['n', 3]), [1]) })).toEqual(['ReduceSum']);
  });
});

describe('common subexpressions', () => {
  test('are computed once, whoever built them', () => {
    const twice = { a: add(exp(sin(x)), 1), b: mul(exp(sin(x)), add(exp(sin(x)), 1)) };
    expect(nodeTypes(twice).sort()).toEqual(['Add', 'Exp', 'Mul', 'Sin']);
  });

  test('inputs of one name are one input', () => {
    const program = compile({ y: add(sin(input('x', [2])), input('x', [2])) });
    expect(program.inputs).toEqual([{ name: 'x', shape: [2], dtype: 'float32' }]);
  });

  test('equal constants are stored once', () => {
    const graph = decode(compile({ y: add(mul(x, 0.5), 0.5) })).graph;
    expect(graph?.initializer).toHaveLength(1);
  });

  test('ops with different attributes are not merged', () => {
    expect(nodeTypes({ a: reshape(x, [6]), b: reshape(x, [3, 2]) })).toEqual(['Reshape', 'Reshape']);
  });

  test('constants that JSON writes alike are told apart', async () => {
    const limits = { low: maximum(x, -Infinity), high: minimum(x, Infinity) };
    expect(await runTensors(limits, data)).toEqual({ low: data.x, high: data.x });
    const zeros = { plus: div(1, constant(0)), minus: div(1, constant(-0)) };
    expect(await runTensors(zeros, {})).toEqual({ plus: [Infinity], minus: [-Infinity] });
  });
});

describe('names', () => {
  test('inputs and outputs may have the names that the compiler would give', async () => {
    const [a, b] = [input('t0', [2]), input('t1', [2])];
    const results = await runTensors({ t2: sin(a), t3: mul(sin(a), exp(b)) }, { t0: [1, 2], t1: [0, 1] });
    expectClose(results.t2, [Math.sin(1), Math.sin(2)], 1e-6);
    expectClose(results.t3, [Math.sin(1), Math.sin(2) * Math.E], 1e-6);
  });

  test('one tensor may be several outputs, and an input an output', async () => {
    const y = sin(x);
    const results = await runTensors({ a: y, b: y, same: x }, data);
    expect(results.a).toEqual(results.b);
    expect(results.same).toEqual(data.x);
  });
});

describe('known inputs', () => {
  const weight = input('weight', [3, 2]);
  const values = [1, -2, 0.5, 4, 0, 3];
  const outputs = { y: matmul(x, weight) };

  test('become constants and leave the inputs, with the same numbers', async () => {
    const program = compile(outputs, { constants: new Map([['weight', Float32Array.from(values)]]) });
    expect(program.inputs.map(({ name }) => name)).toEqual(['x']);
    const { y } = await runProgram(program, data);
    expect(y).toEqual((await runTensors(outputs, { ...data, weight: values })).y);
    expectClose(y, evaluate([outputs.y], { ...data, weight: values })[0].data, 1e-6);
  });

  test('of the wrong length are refused', () => {
    const constants = new Map([['weight', new Float32Array(5)]]);
    expect(() => compile(outputs, { constants })).toThrow('compile: 5 values given for weight of shape [3, 2]');
  });
});

describe('the ONNX file', () => {
  const program = compile({ y: sin(x) }, { name: 'sine', metadata: { units: 'radians', made: 'here' } });

  test('holds its name and metadata', () => {
    const model = decode(program);
    expect(model.graph?.name).toBe('sine');
    expect(model.metadataProps.map(({ key, value }) => [key, value])).toEqual([
      ['units', 'radians'],
      ['made', 'here'],
    ]);
  });

  test('asks for the contributed operators only where it uses them', () => {
    const domains = (y = sin(x)): string[] => decode(compile({ y })).opsetImport.map(({ domain }) => domain);
    expect(domains()).toEqual(['']);
    expect(domains(silu(x))).toEqual(['', 'com.microsoft']);
  });

  test('declares named axes by name', () => {
    const index = input('index', ['edges'], 'int32');
    const { inputs, outputs } = compile({
      y: scatterAdd(input('x', ['edges', 2]), index, 3),
      one: expand(constant(1), ['edges']),
    });
    expect(inputs.map(({ name, shape, dtype }) => [name, shape, dtype])).toEqual([
      ['x', ['edges', 2], 'float32'],
      ['index', ['edges'], 'int32'],
    ]);
    expect(outputs.map(({ name, shape }) => [name, shape])).toEqual([
      ['y', [3, 2]],
      ['one', ['edges']],
    ]);
  });
});

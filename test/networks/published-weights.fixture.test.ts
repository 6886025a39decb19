import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import type { StoredTensor } from '../../src/files/safetensors.js';
import { createModel } from '../../src/newton/networks/index.js';
import { openPredictor } from '../../src/newton/networks/predictor.js';
import { importPublished } from '../../src/newton/networks/registry.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { fixturePath, readTensors } from '../support/fixtures.js';
import { newtonFixtureFiles, readNewtonFixture } from '../support/newton-models.js';
import { expectClose } from '../support/numeric.js';

const files = newtonFixtureFiles();

/** The weights of a fixture as the published code would save them, each name after a prefix. */
function stateDict(file: string, prefix = ''): Map<string, StoredTensor> {
  const { tensors } = readTensors(fixturePath('newton_models', file));
  const own = [...tensors].filter(([name]) => name.startsWith('param.'));
  return new Map(own.map(([name, tensor]) => [name.replace('param.', prefix), tensor]));
}

describe.each(files)('weights of the published code in %s', (file) => {
  const { config, problem, pred } = readNewtonFixture(file);

  test.each(['', 'module.', 'param.', 'param.module.'])('are recognised after the prefix "%s"', (prefix) => {
    const imported = importPublished({ tensors: stateDict(file, prefix) }, file);
    expect(imported.config).toEqual(config);
    expect(importPublished({ tensors: stateDict(file, prefix) }, file, config.model)).toEqual(imported);
  });

  test('predict what they predicted there', async () => {
    const { weights } = importPublished(readTensors(fixturePath('newton_models', file)), file);
    const predictor = await openPredictor(await openRuntime(), createModel(config), weights);
    const { graphOfNode, graphs } = problem.graph;
    const sizes = Array.from({ length: graphs }, (_, k) => graphOfNode.filter((graph) => graph === k).length);
    expectClose([...(await predictor.predict({ sizes, ...problem.systems })).positions], [...pred], 1e-5);
    await predictor.close();
  });
});

describe('what is not such a file', () => {
  const file = files.find((name) => name.startsWith('clof_vel_c')) ?? files[0];
  const float = (shape: number[], fill = 0): StoredTensor => {
    const length = shape.reduce((a, b) => a * b, 1);
    return { dtype: 'F32', shape, data: new Float32Array(length).fill(fill) };
  };
  const changed = (name: string, tensor?: StoredTensor) => {
    const tensors = stateDict(file);
    tensors.delete(name);
    if (tensor) tensors.set(name, tensor);
    return tensors;
  };
  test.each([
    ['a tensor too few', changed('gcl_1.layer_norm.bias'), 'tensor gcl_1.layer_norm.bias [16] is missing'],
    ['a tensor too many', changed('extra', float([1])), 'tensor extra is not in this network'],
    [
      'a tensor of another shape',
      changed('fuse_edge.0.weight', float([8, 15])),
      'fuse_edge.0.weight has shape [8, 15]',
    ],
    ['NaN', changed('fuse_edge.0.bias', float([8], Number.NaN)), 'tensor fuse_edge.0.bias holds NaN'],
    ['nothing', new Map<string, StoredTensor>(), 'lack those of a network of the published code (there are none'],
    ['other things', new Map([['loc', float([3])]]), 'the first is loc'],
    ['one name twice', new Map([...stateDict(file), ...stateDict(file, 'module.')]), 'two tensors are named'],
  ])('%s', (_, tensors, message) => {
    const attempt = () => importPublished({ tensors }, 'x.safetensors');
    expect(attempt).toThrow(UserError);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(/^x\.safetensors/);
  });

  test('another network than the one named', () => {
    expect(() => importPublished({ tensors: stateDict(file) }, 'x', 'clof')).toThrow('embedding_edge.0.weight [8, 2]');
    expect(() => importPublished({ tensors: stateDict(file) }, 'x', 'egnn')).toThrow('lack embedding.weight of egnn');
    expect(() => importPublished({ tensors: stateDict(file) }, 'x', 'clof_vel_gbf')).toThrow('gbf.mul.weight');
  });
});

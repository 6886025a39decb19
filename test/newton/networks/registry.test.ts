import { describe, expect, it } from 'vitest';
import { createModel, type ModelConfig } from '../../../src/newton/networks/index.js';

const refused: [string, object, RegExp][] = [
  ['an unknown network', { model: 'egn' }, /model must be one of gnn, .*did you mean "egnn"/],
  ['no network', {}, /model must be one of/],
  ['a hidden width of zero', { model: 'gnn', hidden: 0 }, /hidden must be a whole number of at least 1, not 0/],
  ['a fraction of a layer', { model: 'egnn', layers: 1.5 }, /layers must be a whole number/],
  ['an odd width, whose half is no width', { model: 'clof_vel', hidden: 7 }, /hidden must be even for clof_vel/],
  [
    'one kind of edge, where charges make two',
    { model: 'clof_vel_gbf', edgeKinds: 1 },
    /edgeKinds must be .* at least 2/,
  ],
];

describe('createModel', () => {
  it.each(refused)('refuses %s', (_, config, message) => {
    expect(() => createModel(config as ModelConfig)).toThrow(message);
  });

  it('makes as many layers as it is told to', () => {
    const { parameters } = createModel({ model: 'egnn_vel', hidden: 6, layers: 3 });
    const layers = new Set(parameters.flatMap(({ name }) => name.match(/^gcl_\d+/) ?? []));
    expect([...layers]).toEqual(['gcl_0', 'gcl_1', 'gcl_2']);
  });
});

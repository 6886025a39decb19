import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { geometrySet } from '../../src/fit/data/geometry-builder.js';
import type { InputsConfig } from '../../src/fit/quantity-config.js';
import { inputValues, resolveInputs } from '../../src/fit/resolve-inputs.js';

const none = Number.NaN;
const set = geometrySet(
  [1, 5].map((line) => ({
    species: ['H', 'H'],
    positions: [0, 0, 0, 1, 0, 0],
    ofNodes: {
      vel: { width: 3, data: [1, 2, 3, 4, 5, line] },
      initial_charges: { width: 1, data: [1, -1] },
      partial: { width: 1, data: [1, line > 1 ? none : 0] },
    },
    ofGraphs: { electric_field: [0, 0, 1], energy: [-1] },
    source: { file: 'a.xyz', line },
  })),
);

describe('inputs', () => {
  it('are found, under their usual names', () => {
    const inputs = resolveInputs(['charges', 'velocities', 'electric_field'], set);
    expect(inputs).toEqual([
      { name: 'charges', column: 'initial_charges', of: 'node', order: 0, unit: 'e' },
      { name: 'velocities', column: 'vel', of: 'node', order: 1, unit: 'Å/fs' },
      { name: 'electric_field', column: 'electric_field', of: 'graph', order: 1, unit: 'V/Å' },
    ]);
    expect([...inputValues(set, inputs[1])]).toEqual([1, 2, 3, 4, 5, 1, 1, 2, 3, 4, 5, 5]);
  });

  it.each<[InputsConfig, string]>([
    [{ chargs: {} }, 'did you mean "charges"? There is no input called chargs'],
    [{ spins: {} }, 'the input spins is not in the files; of atoms they have vel, initial_charges, partial'],
    [{ charges: { column: 'vel' } }, 'the input charges (column vel) has 3 numbers an atom in a.xyz:1, not 1'],
    [{ charges: { column: 'partial' } }, 'the input charges is missing in a.xyz:5; every geometry must have it'],
    [
      { q: { of: 'graph', order: 0, unit: 'e' } },
      'the input q is a number of whole geometries; give it as a number of',
    ],
    [
      { charges: { column: 'electric_field' } },
      'is declared to be of atoms, but the files have it of whole geometries',
    ],
  ])('that make no sense are refused: %j', (config, message) => {
    expect(() => resolveInputs(config, set)).toThrow(UserError);
    expect(() => resolveInputs(config, set)).toThrow(message);
  });

  it('are no targets', () => {
    const target = { of: 'node', column: 'vel' } as const;
    expect(() => resolveInputs(['velocities'], set, [target])).toThrow(
      'vel is a target, so that it cannot be an input',
    );
    expect(resolveInputs(['velocities'], set, [{ ...target, of: 'graph' }])).toHaveLength(1);
  });
});

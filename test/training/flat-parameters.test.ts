import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accumulate, FlatLayout } from '../../src/training/flat-parameters.js';

const parameters = [
  { name: 'a.weight', shape: [2, 3] },
  { name: 'scale', shape: [] },
  { name: 'a.bias', shape: [2] },
];

describe('a flat layout', () => {
  it('lays parameters out one after the other, a number without axes too', () => {
    const layout = new FlatLayout(parameters);
    expect(layout.size).toBe(9);
    expect(layout.entries.map(({ name, start, end }) => [name, start, end])).toEqual([
      ['a.weight', 0, 6],
      ['scale', 6, 7],
      ['a.bias', 7, 9],
    ]);
  });

  it('brings back what was flattened', () => {
    const shapes = fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(shapes, (list) => {
        const layout = new FlatLayout(list.map((shape, k) => ({ name: `p${k}`, shape })));
        const flat = Float32Array.from({ length: layout.size }, (_, k) => k + 0.5);
        const named = layout.unflatten(flat);
        expect([...named.keys()]).toEqual(list.map((_, k) => `p${k}`));
        expect(layout.flatten(new Map([...named].reverse()))).toEqual(flat);
      }),
    );
  });

  it('shows the parts of a vector in place, and copies where it unflattens', () => {
    const layout = new FlatLayout(parameters);
    const flat = new Float32Array(9);
    const copies = layout.unflatten(flat);
    layout.views(flat, 'grad.')['grad.a.bias'][1] = 5;
    expect(flat[8]).toBe(5);
    expect(copies.get('a.bias')).toEqual(new Float32Array(2));
  });

  it('refuses weights that are missing or of another length', () => {
    const layout = new FlatLayout(parameters);
    const weights = layout.unflatten(new Float32Array(9));
    expect(() => layout.flatten(new Map([...weights].slice(0, 2)))).toThrow('a.bias has no values, expected 2');
    expect(() => layout.flatten(new Map([...weights, ['scale', new Float32Array(3)]]))).toThrow(
      'scale has 3 values, expected 1',
    );
  });
});

describe('accumulate', () => {
  it('starts a sum or goes on with it', () => {
    const total = Float32Array.of(9, 9);
    accumulate(total, Float32Array.of(1, 2), true);
    accumulate(total, Float32Array.of(0.5, -1), false);
    expect(total).toEqual(Float32Array.of(1.5, 1));
  });
});

import { describe, expect, it } from 'vitest';
import { geometrySet } from '../../../src/fit/data/geometry-builder.js';
import { relax } from '../../../src/fit/motion/relax.js';
import { simulateMotion, startMotion } from '../../../src/fit/motion/simulate-motion.js';
import { fitPotential } from '../../../src/fit/network/fit-potential.js';
import { seenGeometries } from '../../../src/fit/network/seen-geometries.js';
import { dipole, energy, fitConfig, forces, openFitted, quadrupole } from './support/fitted.js';

const config = fitConfig('lofnet', { cutoff: 5 });
const box = (edge: number) => ({ cell: [edge, 0, 0, 0, edge, 0, 0, 0, edge] });
const source = { file: 'a.xyz', line: 7 };
const set = (x: number[], more = {}) =>
  geometrySet([
    {
      species: ['O', ...new Array<string>(x.length - 1).fill('H')],
      positions: x.flatMap((value) => [value, 0, 0]),
      source,
      ...more,
    },
  ]);

describe('cells that no list of neighbours can be made of', () => {
  it('are refused with the place', () => {
    for (const purpose of ['training', 'prediction'] as const)
      expect(() => seenGeometries(set([0], box(0.001)), config, purpose)).toThrow(
        /^a\.xyz:7: within 5\.\d* of the cell lie \d+ images of its 1 atoms: too many$/,
      );
  });
});

describe('atoms at one place', () => {
  it('are refused with the place and both atoms, in cells too', () => {
    const cases: [Parameters<typeof set>, string][] = [
      [[[0, 1, 1]], 'a.xyz:7: atom 2 (H) and atom 3 (H) are 0 apart, nearer than the 0.001 below which'],
      [[[0, 2, 0.0009]], 'a.xyz:7: atom 1 (O) and atom 3 (H) are 0.0009 apart'],
      [[[0, 1, 8], box(8)], 'a.xyz:7: atom 1 (O) and atom 3 (H) are 0 apart'],
      [
        [[0, 1], { cell: [0.0005, 0, 0, 0, 9, 0, 0, 0, 9], periodic: [true, false, false] }],
        'a.xyz:7: atom 1 (O) and its own image are 0.0005 apart',
      ],
    ];
    for (const purpose of ['training', 'prediction'] as const) {
      for (const [given, message] of cases)
        expect(() => seenGeometries(set(...given), config, purpose)).toThrow(message);
      expect(() => seenGeometries(set([0, 1, 1.0011]), config, purpose)).not.toThrow();
    }
  });

  it('are refused where they come to it as they move, which says when', async () => {
    const { predictor } = await openFitted(config);
    const potential = fitPotential(
      { ...predictor, config: { ...config, targets: [{ ...energy, unit: 'eV' }, forces] } },
      {
        species: ['O', 'H'],
      },
    );
    const pulled = {
      ...potential,
      /** Nothing but their inertia moves them. */
      evaluate: async (x: Float64Array) => ({ ...(await potential.evaluate(x)), forces: new Float64Array(x.length) }),
    };
    const masses = Float64Array.of(1, 1);
    const start = startMotion(Float64Array.of(0, 0, 0, 1, 0, 0), {
      masses,
      temperature: 0,
      units: potential.units,
      seed: 1,
    });
    // 0.05 nearer in each of 20 steps.
    const state = { ...start, velocities: Float64Array.of(0.025, 0, 0, -0.025, 0, 0) };
    const run = async (): Promise<void> => {
      for await (const _ of simulateMotion(pulled, state, { masses, timeStep: 1, steps: 30 }));
    };
    await expect(run()).rejects.toThrow(
      /^at step 20 \(20 fs\), the moving atoms: atom 1 \(O\) and atom 2 \(H\) are .* apart/,
    );
    const falling = {
      ...potential,
      evaluate: async (x: Float64Array) => {
        await potential.evaluate(x);
        return {
          energy: (x[3] - x[0]) ** 2,
          forces: Float64Array.of(2 * (x[3] - x[0]), 0, 0, 2 * (x[0] - x[3]), 0, 0),
        };
      },
    };
    await expect(relax(falling, Float64Array.of(0, 0, 0, 1, 0, 0))).rejects.toThrow(
      /^after step \d+, the moving atoms: atom 1 \(O\) and atom 2 \(H\) are .* apart/,
    );
    await expect(relax(falling, new Float64Array(6))).rejects.toThrow(/^at the start, the moving atoms: atom 1/);
    await predictor.close();
  });
});

describe('an atom without neighbours', () => {
  it('is refused with what would mend it there', () => {
    const message = (purpose: 'training' | 'prediction') => () => seenGeometries(set([0, 1, 9]), config, purpose);
    expect(message('training')).toThrow(
      'a.xyz:7: atom 3 has no neighbour within the cutoff of 5; the nearest is at 8.000; raise model.cutoff',
    );
    expect(message('prediction')).toThrow(
      "a.xyz:7: atom 3 has no neighbour within the network's cutoff of 5; the nearest is at 8.000; leave the atom out, or take a network",
    );
  });
});

describe('moments of charges', () => {
  it('are refused of what is periodic, with what would mend it there', () => {
    for (const moment of [dipole, quadrupole]) {
      const of = { ...config, targets: [energy, moment] };
      for (const cell of [box(8), { ...box(8), periodic: [false, true, false] }]) {
        const repeats = set([0, 1], cell);
        expect(() => seenGeometries(repeats, of, 'training')).toThrow(
          new RegExp(`^a\\.xyz:7: the geometry is periodic, and .*${moment.name}.*declare "moment": false`),
        );
        expect(() => seenGeometries(repeats, of, 'prediction')).toThrow(/^a\.xyz:7: .*; take a network without/);
        const local = { ...of, targets: [energy, { ...moment, moment: false }] };
        expect(() => seenGeometries(repeats, local, 'training')).not.toThrow();
      }
      for (const alone of [set([0, 1]), set([0, 1], { ...box(8), periodic: [false, false, false] })])
        expect(() => seenGeometries(alone, of, 'training')).not.toThrow();
    }
  });
});

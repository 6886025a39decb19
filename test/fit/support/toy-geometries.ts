import { geometrySet } from '../../../src/fit/data/geometry-builder.js';
import type { GeometrySet } from '../../../src/fit/data/geometry-set.js';
import { Rng } from '../../../src/random/generator.js';

/** Energies of the species, before anything else. */
export const SHIFTS = { H: -13, O: -430 } as const;

const SPRING = 3;

/** Bent molecules of H and O: an energy of springs between all atoms, its forces, and a dipole of fixed charges. */
export function toyGeometries(
  count: number,
  seed = 1,
  { sizes = [3, 4] }: { readonly sizes?: readonly number[] } = {},
): GeometrySet {
  const rng = Rng.fromSeed(seed);
  return geometrySet(
    Array.from({ length: count }, (_, k) => {
      const species = ['O', ...new Array<string>(sizes[k % sizes.length] - 1).fill('H')];
      const positions = Float64Array.from(
        species.flatMap((_name, i) => [i, (i * i) % 3, i % 2]),
        (x) => x + 0.2 * rng.normal(),
      );
      const { energy, forces } = springs(species, positions);
      const charge = species.map((name) => (name === 'O' ? 1 - species.length : 1));
      const dipole = [0, 1, 2].map((axis) => charge.reduce((sum, q, i) => sum + q * positions[3 * i + axis], 0));
      return {
        species,
        positions,
        ofNodes: { forces: { width: 3, data: forces }, charges: { width: 1, data: charge } },
        ofGraphs: { energy: [energy], dipole },
        texts: { kind: species.join('') },
        source: { file: 'toy.xyz', line: 1 + k },
      };
    }),
  );
}

/** Σ shifts + Σ_pairs ½ k (d − 1.5)², and minus its gradient. */
function springs(species: readonly string[], x: Float64Array): { energy: number; forces: Float64Array } {
  let energy = species.reduce((sum, name) => sum + SHIFTS[name as keyof typeof SHIFTS], 0);
  const forces = new Float64Array(x.length);
  for (let i = 0; i < species.length; i++) {
    for (let j = 0; j < i; j++) {
      const r = [0, 1, 2].map((axis) => x[3 * i + axis] - x[3 * j + axis]);
      const d = Math.hypot(...r);
      energy += 0.5 * SPRING * (d - 1.5) ** 2;
      r.forEach((component, axis) => {
        const push = (-SPRING * (d - 1.5) * component) / d;
        forces[3 * i + axis] += push;
        forces[3 * j + axis] -= push;
      });
    }
  }
  return { energy, forces };
}

import type { Potential } from '../../../../src/fit/motion/potential.js';
import type { MotionUnits } from '../../../../src/fit/motion/units.js';

export const METAL: MotionUnits = { energy: 'eV', length: 'Å' };

/** Pairs at a distance r: 4 ε ((σ/r)¹² − (σ/r)⁶). */
export function lennardJones(epsilon = 1, sigma = 1, units = METAL): Potential {
  return {
    units,
    evaluate: async (x) => {
      const forces = new Float64Array(x.length);
      let energy = 0;
      for (let i = 0; i < x.length; i += 3) {
        for (let j = 0; j < i; j += 3) {
          const d = [x[i] - x[j], x[i + 1] - x[j + 1], x[i + 2] - x[j + 2]];
          const square = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
          const six = ((sigma * sigma) / square) ** 3;
          energy += 4 * epsilon * six * (six - 1);
          const pull = (24 * epsilon * six * (2 * six - 1)) / square;
          for (let k = 0; k < 3; k++) {
            forces[i + k] += pull * d[k];
            forces[j + k] -= pull * d[k];
          }
        }
      }
      return { energy, forces };
    },
  };
}

/** Every coordinate on a spring of its own to 0: ½ k x². */
export const springs = (stiffness: number, units = METAL): Potential => ({
  units,
  evaluate: async (x) => ({
    energy: x.reduce((sum, value) => sum + (stiffness * value * value) / 2, 0),
    forces: x.map((value) => -stiffness * value),
  }),
});

/** Thirteen places: an icosahedron's twelve corners around its middle, whose pairs are `edge` apart or farther. */
export function icosahedron(edge: number): Float64Array {
  const golden = (1 + Math.sqrt(5)) / 2;
  const corners = [-1, 1].flatMap((a) => [-golden, golden].map((b) => [0, a, b]));
  const all = [
    [0, 0, 0],
    ...corners,
    ...corners.map(([a, b, c]) => [c, a, b]),
    ...corners.map(([a, b, c]) => [b, c, a]),
  ];
  return Float64Array.from(all.flat(), (value) => (value * edge) / 2);
}

import { describe, expect, it } from 'vitest';
import { massesOf } from '../../../src/fit/motion/masses.js';
import { rigidMotions } from '../../../src/fit/motion/rigid-motions.js';
import { boltzmannConstant, type MotionUnits } from '../../../src/fit/motion/units.js';
import { degreesOfFreedom, drawVelocities, kineticEnergy, temperatureOf } from '../../../src/fit/motion/velocities.js';
import { Rng } from '../../../src/random/generator.js';
import { METAL } from './support/potentials.js';

const water = { species: ['O', 'H', 'H'], positions: Float64Array.of(1, 2, 3, 1.76, 2.59, 3, 0.24, 2.59, 3) };
const line = Float64Array.of(0, 0, 0, 1, 2, -1, -1.2, -2.4, 1.2);

function momenta(positions: Float64Array, velocities: Float64Array, masses: Float64Array) {
  const [linear, angular] = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (const [atom, mass] of masses.entries()) {
    const [x, y, z] = positions.subarray(3 * atom);
    const [u, v, w] = velocities.subarray(3 * atom);
    for (const [k, value] of [u, v, w].entries()) linear[k] += mass * value;
    for (const [k, value] of [y * w - z * v, z * u - x * w, x * v - y * u].entries()) angular[k] += mass * value;
  }
  return { linear: Math.hypot(...linear), angular: Math.hypot(...angular) };
}

describe('drawn velocities', () => {
  const masses = massesOf(water.species);

  it('have neither momentum nor angular momentum', () => {
    for (const positions of [water.positions, line]) {
      const velocities = drawVelocities(positions, Rng.fromSeed(1), { masses, temperature: 300, units: METAL });
      const { linear, angular } = momenta(positions, velocities, masses);
      expect(linear).toBeLessThan(1e-16);
      expect(angular).toBeLessThan(1e-15);
      expect(kineticEnergy(velocities, masses, METAL)).toBeGreaterThan(0);
    }
    const options = { masses, temperature: 300, units: METAL, periodic: true };
    const repeating = momenta(water.positions, drawVelocities(water.positions, Rng.fromSeed(1), options), masses);
    expect(repeating.linear).toBeLessThan(1e-16);
    expect(repeating.angular).toBeGreaterThan(1e-3);
  });

  it.each<MotionUnits>([METAL, { energy: 'kJ/mol', length: 'nm' }, { energy: 'hartree', length: 'bohr' }])(
    'have ½ kT for each degree of freedom in $energy and $length',
    (units) => {
      const rng = Rng.fromSeed(5);
      for (const positions of [water.positions, line]) {
        const draws = 4000;
        let sum = 0;
        for (let k = 0; k < draws; k++) {
          sum += kineticEnergy(drawVelocities(positions, rng, { masses, temperature: 400, units }), masses, units);
        }
        const freedom = degreesOfFreedom(positions, { masses, thermostat: false });
        const mean = sum / draws / (0.5 * boltzmannConstant(units) * 400);
        // The variance of a sum of f squares of normals is 2 f: five standard errors.
        expect(Math.abs(mean - freedom)).toBeLessThan(5 * Math.sqrt((2 * freedom) / draws));
      }
    },
  );

  it('have the temperature that is asked for, with a thermostat and the common motion too', () => {
    for (const positions of [water.positions, line]) {
      for (const thermostat of [true, false]) {
        for (const periodic of [true, false]) {
          const options = { masses, temperature: 250, units: METAL, thermostat, periodic };
          const velocities = drawVelocities(positions, Rng.fromSeed(3), options);
          const kinetic = kineticEnergy(velocities, masses, METAL);
          expect(temperatureOf(kinetic, degreesOfFreedom(positions, options), METAL)).toBeCloseTo(250, 9);
          const { linear } = momenta(positions, velocities, masses);
          if (thermostat) expect(linear).toBeGreaterThan(1e-3);
          else expect(linear).toBeLessThan(1e-16);
        }
      }
    }
    const cold = drawVelocities(water.positions, Rng.fromSeed(3), { masses, temperature: 0, units: METAL });
    expect(Math.max(...cold.map(Math.abs))).toBe(0);
  });

  it('are counted by what stays at rest', () => {
    const free = (positions: Float64Array, periodic: boolean) =>
      degreesOfFreedom(positions, {
        masses: new Float64Array(positions.length / 3).fill(2),
        thermostat: false,
        periodic,
      });
    expect(free(water.positions, false)).toBe(3);
    expect(free(water.positions, true)).toBe(6);
    expect(free(line, false)).toBe(4);
    expect(free(Float64Array.of(0, 0, 0, 1, 1, 1), false)).toBe(1);
    expect(free(Float64Array.of(5, 5, 5), false)).toBe(3);
    expect(degreesOfFreedom(water.positions, { masses, thermostat: true })).toBe(9);
  });
});

describe('rigid motions', () => {
  it('are orthonormal by mass, for atoms far from the origin too', () => {
    const masses = massesOf(water.species);
    const motions = rigidMotions(
      water.positions.map((value) => value + 1000),
      masses,
      true,
    );
    expect(motions).toHaveLength(6);
    for (const [i, a] of motions.entries()) {
      for (const [j, b] of motions.entries()) {
        const product = a.reduce((sum, value, k) => sum + masses[Math.floor(k / 3)] * value * b[k], 0);
        expect(product).toBeCloseTo(i === j ? 1 : 0, 9);
      }
    }
  });
});

describe('masses', () => {
  it('are those of the elements, unless given', () => {
    expect([...massesOf(['C', 'h', 'CL'])]).toEqual([12.011, 1.008, 35.45]);
    expect([...massesOf(['D', 'H'], { D: 2.014 })]).toEqual([2.014, 1.008]);
  });

  it('have to be said of what is no element', () => {
    expect(() => massesOf(['C', 'X'])).toThrow('atom 2, X, is no element whose mass is known; say the mass of X');
    expect(() => massesOf(['X'], { X: 0 })).toThrow('the mass of X must be a number above 0, not 0');
  });
});

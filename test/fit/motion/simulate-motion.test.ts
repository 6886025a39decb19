import { describe, expect, it } from 'vitest';
import type { MotionOptions, MotionSample, MotionState } from '../../../src/fit/motion/motion.js';
import type { Potential } from '../../../src/fit/motion/potential.js';
import { simulateMotion, startMotion } from '../../../src/fit/motion/simulate-motion.js';
import { summarizeMotion } from '../../../src/fit/motion/summarize-motion.js';
import { boltzmannConstant, type MotionUnits, unitAcceleration } from '../../../src/fit/motion/units.js';
import { Rng } from '../../../src/random/generator.js';
import { icosahedron, lennardJones, METAL, springs } from './support/potentials.js';

async function samplesOf(potential: Potential, start: MotionState, options: MotionOptions): Promise<MotionSample[]> {
  const samples: MotionSample[] = [];
  for await (const sample of simulateMotion(potential, start, options)) samples.push(sample);
  return samples;
}

const last = (samples: readonly MotionSample[]): MotionSample => samples[samples.length - 1];

const atRest = (positions: Float64Array): MotionState => ({
  positions,
  velocities: new Float64Array(positions.length),
  step: 0,
  heat: 0,
  random: Rng.fromSeed(1).state(),
});

describe('an oscillator', () => {
  const [mass, stiffness] = [16, 30];
  const masses = Float64Array.of(mass);
  /** In fs. */
  const period = 2 * Math.PI * Math.sqrt(mass / (stiffness * unitAcceleration(METAL)));
  const swing = (timeStep: number, steps: number) =>
    samplesOf(springs(stiffness), atRest(Float64Array.of(0.2, 0, 0)), { masses, timeStep, steps });

  it('has its period, with an error that falls with the square of the time step', async () => {
    // After a quarter of a period it is at 0. Verlet's frequency is higher by the share (ω dt)²/24.
    const misses = [];
    for (const steps of [25, 50, 100]) {
      const { positions, velocities } = last(await swing(period / 4 / steps, steps));
      misses.push(positions[0] / velocities[0] / (period / 4));
    }
    expect(misses[0]).toBeGreaterThan(0);
    expect(misses[0]).toBeCloseTo((Math.PI / 2 / 25) ** 2 / 24, 6);
    expect(misses[0] / misses[1]).toBeCloseTo(4, 1);
    expect(misses[1] / misses[2]).toBeCloseTo(4, 1);
  });

  it('has an energy that errs by the square of the time step, and does not drift', async () => {
    const errors = [];
    for (const steps of [400, 800]) {
      const energies = (await swing((10 * period) / steps, steps)).map(({ total }) => total);
      errors.push(Math.max(...energies) - Math.min(...energies));
    }
    expect(errors[0] / errors[1]).toBeCloseTo(4, 1);
    const samples = await swing(period / 40, 4000);
    const { fluctuation, drift } = summarizeMotion(samples, { atoms: 1 });
    expect(Math.abs(((drift ?? 1) * (100 * period)) / 1000)).toBeLessThan(0.05 * (fluctuation ?? 0));
  });
});

describe('a Lennard-Jones cluster', () => {
  // Argon.
  const [epsilon, sigma] = [0.0104, 3.4];
  const masses = new Float64Array(13).fill(39.95);
  const positions = icosahedron(1.09 * sigma);
  const start = startMotion(positions, { masses, temperature: 20, units: METAL, seed: 4 });
  const options = { masses, timeStep: 4, steps: 2000, sampleEvery: 20 };

  it('keeps its energy, momentum and angular momentum', async () => {
    const samples = await samplesOf(lennardJones(epsilon, sigma), start, options);
    expect(samples).toHaveLength(101);
    const { drift, fluctuation, change } = summarizeMotion(samples, { atoms: 13 });
    const heat = samples[0].kinetic / 13;
    expect(Math.abs(drift ?? 1)).toBeLessThan(1e-3 * heat);
    expect(fluctuation).toBeLessThan(2e-3 * heat);
    expect(Math.abs(change ?? 1)).toBeLessThan(1e-2 * heat);
    for (const { velocities, positions: x } of samples) {
      const sums = [0, 0, 0, 0];
      for (let k = 0; k < velocities.length; k += 3) {
        for (let axis = 0; axis < 3; axis++) sums[axis] += velocities[k + axis];
        sums[3] += x[k] * velocities[k + 1] - x[k + 1] * velocities[k];
      }
      for (const sum of sums) expect(Math.abs(sum)).toBeLessThan(1e-13);
    }
  });

  it('goes back the way that it came', async () => {
    const potential = lennardJones(epsilon, sigma);
    const there = last(await samplesOf(potential, start, options));
    const moved = Math.max(...there.positions.map((value, k) => Math.abs(value - positions[k])));
    expect(moved).toBeGreaterThan(0.3);
    const turned = { ...there, velocities: there.velocities.map((value) => -value), step: 0 };
    const back = last(await samplesOf(potential, turned, options));
    const missed = Math.max(...back.positions.map((value, k) => Math.abs(value - positions[k])));
    expect(missed).toBeLessThan(1e-9);
  });

  it('moves the same in all units', async () => {
    const units: MotionUnits = { energy: 'kJ/mol', length: 'nm' };
    const other = lennardJones(epsilon * 96.48533212331, sigma / 10, units);
    const scaled = {
      ...start,
      positions: positions.map((x) => x / 10),
      velocities: start.velocities.map((v) => v / 10),
    };
    const [one, two] = [
      last(await samplesOf(lennardJones(epsilon, sigma), start, { ...options, steps: 200 })),
      last(await samplesOf(other, scaled, { ...options, steps: 200 })),
    ];
    expect(two.temperature).toBeCloseTo(one.temperature, 6);
    expect(two.total / 96.48533212331).toBeCloseTo(one.total, 9);
    for (const [k, x] of one.positions.entries()) expect(two.positions[k] * 10).toBeCloseTo(x, 7);
  });
});

describe('a thermostat', () => {
  it('gives every degree of freedom its ½ kT', { timeout: 60_000 }, async () => {
    const [atoms, temperature] = [40, 350];
    const masses = Float64Array.from({ length: atoms }, (_, k) => 1 + k);
    const thermostat = { temperature, friction: 20 };
    // A time step of a twentieth of the shortest period: BAOAB's positions are exact, its velocities nearly.
    const options = { masses, timeStep: 2, steps: 40_000, sampleEvery: 40, thermostat };
    const samples = await samplesOf(springs(2), atRest(new Float64Array(3 * atoms)), options);
    const settled = samples.filter(({ time }) => time > 2000);
    const half = (3 * atoms * boltzmannConstant(METAL) * temperature) / 2;
    const { potential, kinetic, temperature: kelvin } = summarizeMotion(settled, { atoms });
    expect(Math.abs((potential?.mean ?? 0) / half - 1)).toBeLessThan(0.02);
    expect(Math.abs((kinetic?.mean ?? 0) / half - 1)).toBeLessThan(0.02);
    expect(kelvin?.mean).toBeCloseTo(((kinetic?.mean ?? 0) / half) * temperature, 6);
    // As wide as the canonical distribution: the variance of 3 N squares of normals.
    expect((kinetic?.deviation ?? 0) / half / Math.sqrt(2 / (3 * atoms))).toBeCloseTo(1, 1);
  });

  it('accounts for the energy that it puts in', async () => {
    const masses = new Float64Array(13).fill(39.95);
    const positions = icosahedron(1.09 * 3.4);
    const options = { masses, timeStep: 4, steps: 2000, sampleEvery: 20, thermostat: { temperature: 25, friction: 5 } };
    const samples = await samplesOf(lennardJones(0.0104, 3.4), atRest(positions), options);
    const { drift, change } = summarizeMotion(samples, { atoms: 13 });
    expect(last(samples).heat / 13).toBeGreaterThan(1e-3);
    expect(last(samples).total - samples[0].total).toBeGreaterThan(0.01);
    expect(Math.abs(change ?? 1)).toBeLessThan(1e-4);
    expect(Math.abs(drift ?? 1)).toBeLessThan(1e-5);
  });
});

describe('a simulation', () => {
  const masses = new Float64Array(13).fill(39.95);
  const potential = lennardJones(0.0104, 3.4);
  const begin = (seed: number) => startMotion(icosahedron(3.7), { masses, temperature: 20, units: METAL, seed });
  const options = { masses, timeStep: 4, steps: 60, sampleEvery: 25, thermostat: { temperature: 20, friction: 5 } };

  it('is the same with the same seed, and another with another', async () => {
    const [one, same, other] = [
      await samplesOf(potential, begin(1), options),
      await samplesOf(potential, begin(1), options),
      await samplesOf(potential, begin(2), options),
    ];
    expect(one.map(({ step, time }) => [step, time])).toEqual([
      [0, 0],
      [25, 100],
      [50, 200],
      [60, 240],
    ]);
    expect(same).toEqual(one);
    expect(last(other).positions).not.toEqual(last(one).positions);
  });

  it('goes on from any sample as if it had not stopped', async () => {
    const whole = await samplesOf(potential, begin(1), options);
    const { positions, velocities, ...rest } = whole[1];
    // As after a trip through a file.
    const { step, heat, random } = JSON.parse(JSON.stringify(rest));
    const state: MotionState = { positions, velocities, step, heat, random };
    expect(await samplesOf(potential, state, { ...options, steps: 35 })).toEqual(whole.slice(2));
    const further = await samplesOf(potential, last(whole), { ...options, steps: 20 });
    expect(further.map((sample) => sample.step)).toEqual([75, 80]);
  });

  it('stops where a number is none', async () => {
    let calls = 0;
    const broken: Potential = {
      units: METAL,
      evaluate: async (x) => {
        const { energy, forces } = await potential.evaluate(x);
        calls += 1;
        return calls === 4 ? { energy, forces: forces.fill(Number.NaN, 7, 8) } : { energy, forces };
      },
    };
    await expect(samplesOf(broken, begin(1), { ...options, species: Array(13).fill('Ar') })).rejects.toMatchObject({
      name: 'UserError',
      message: 'the force on Ar3 at step 3 (12 fs) is NaN',
      code: 'diverged',
    });
    const high: Potential = { units: METAL, evaluate: async (x) => ({ energy: Infinity, forces: x }) };
    await expect(samplesOf(high, begin(1), options)).rejects.toThrow('the energy at the start is Infinity');
    const short: Potential = { units: METAL, evaluate: async () => ({ energy: 0, forces: new Float64Array(3) }) };
    await expect(samplesOf(short, begin(1), options)).rejects.toThrow(RangeError);
  });

  it('stops where an atom is lost', async () => {
    const state = begin(1);
    state.positions.set(
      state.positions.subarray(3, 6).map((x) => x + 0.9),
      6,
    );
    await expect(samplesOf(potential, state, options)).rejects.toThrow(
      /^atom \d+ is lost at step 1 \(4 fs\): it would move \S+ Å in one step, and no atom moves more than 1 Å; the time step is too long, or the potential knows no such geometry; lower timeStep$/,
    );
  });

  it('refuses settings that make no sense', async () => {
    const refused = (change: Partial<MotionOptions>, message: string) =>
      expect(samplesOf(potential, begin(1), { ...options, ...change })).rejects.toThrow(message);
    await refused({ timeStep: 0 }, 'timeStep must be a number above 0, not 0');
    await refused({ steps: -1 }, 'steps must be a whole number of at least 0');
    await refused({ sampleEvery: 0 }, 'sampleEvery must be a whole number of at least 1');
    await refused({ thermostat: { temperature: -5, friction: 1 } }, 'temperature must be a number above 0');
    await refused({ thermostat: { temperature: 5, friction: 0 } }, 'friction must be a number above 0');
    await refused({ masses: masses.subarray(1) }, '39 numbers are no positions of 12 atoms');
  });

  it('ends at a signal, and tells of every step', async () => {
    const controller = new AbortController();
    const steps: number[] = [];
    const onStep = (step: number): void => {
      steps.push(step);
      if (step === 3) controller.abort(new Error('enough'));
    };
    const run = samplesOf(potential, begin(1), { ...options, onStep, signal: controller.signal });
    await expect(run).rejects.toThrow('enough');
    expect(steps).toEqual([1, 2, 3]);
  });
});

import { describe, expect, it } from 'vitest';
import { chargedEnergy, synchronized, systemEnergy } from '../../../src/newton/system/energy.js';
import { forceField } from '../../../src/newton/system/forces.js';
import type { InitialState } from '../../../src/newton/system/initial.js';
import { integrate } from '../../../src/newton/system/integrate.js';
import { defineSimulation, type Simulation, TIME_STEP } from '../../../src/newton/system/system.js';

/** Velocities lag half a step behind positions, but the first kick is a whole one: so this is where to start. */
function halfStepBack(simulation: Simulation, state: InitialState): InitialState {
  const force = new Float64Array(state.loc.length);
  forceField(simulation, state)(state.loc, state.vel, force);
  return { ...state, vel: synchronized(state.vel, force, -TIME_STEP) };
}

describe('two opposite charges on a circle', () => {
  const simulation = defineSimulation({
    kind: 'charged',
    protocol: 'clofnet',
    bodies: 2,
    steps: 50_001,
    sampleEvery: 500,
  });
  const distance = 2;
  // Mass 1 each, at half the distance from the centre: ω² · d/2 = d / (d² + ε)^{3/2}
  const omega = Math.sqrt(2 / (distance ** 2 + simulation.softening) ** 1.5);
  const speed = (omega * distance) / 2;
  const start = halfStepBack(simulation, {
    loc: Float64Array.of(distance / 2, -distance / 2, 0, 0, 0, 0),
    vel: Float64Array.of(0, 0, speed, -speed, 0, 0),
    charges: Float64Array.of(1, -1),
    edges: Float64Array.of(1, -1, -1, 1),
  });
  const { loc, vel } = integrate(simulation, start);
  const snapshots = Array.from({ length: loc.length / 6 }, (_, k) => ({
    time: (k + 1) * simulation.sampleEvery * TIME_STEP,
    loc: loc.slice(6 * k, 6 * k + 6),
    vel: vel.slice(6 * k, 6 * k + 6),
  }));

  it('keeps its energy', () => {
    const field = forceField(simulation, start);
    const energies = snapshots.map((snapshot) => {
      const force = new Float64Array(6);
      field(snapshot.loc, snapshot.vel, force);
      const now = synchronized(snapshot.vel, force, TIME_STEP);
      return chargedEnergy(snapshot.loc, now, start.charges, simulation.softening);
    });
    const exact = speed ** 2 - 1 / Math.sqrt(distance ** 2 + simulation.softening);
    const drift = Math.max(...energies.map((energy) => Math.abs(energy / exact - 1)));
    const turns = (50 * omega) / (2 * Math.PI);
    console.info(`energy drift over ${turns.toFixed(1)} turns: ${drift.toExponential(1)} of the energy`);
    expect(drift).toBeLessThan(1e-6);
  });

  it('is where the closed form puts it', () => {
    const errors = snapshots.map((snapshot) =>
      Math.hypot(
        snapshot.loc[0] - (distance / 2) * Math.cos(omega * snapshot.time),
        snapshot.loc[2] - (distance / 2) * Math.sin(omega * snapshot.time),
      ),
    );
    console.info(`error of position after ${snapshots.at(-1)?.time} units of time: ${errors.at(-1)?.toExponential(1)}`);
    // Leapfrog lets the phase run ahead by (ω Δt)² / 24 of it and more on a Kepler orbit: here some 1e-7 of 25 radians.
    expect(Math.max(...errors)).toBeLessThan(1e-5);
  });
});

describe.each([
  { what: 'opposite charges', kind: 'charged', charges: [1, -1], masses: [1, 1] },
  { what: 'masses', kind: 'gravity', charges: [1.5, 0.5], masses: [1.5, 0.5] },
] as const)('two $what on an ellipse', ({ kind, charges, masses }) => {
  // Relative motion: r'' = −2 r/|r|³. Semi-major axis 1, eccentricity ½, from the far end; no softening.
  const simulation = defineSimulation({
    kind,
    protocol: 'egnn',
    bodies: 2,
    steps: 50_001,
    sampleEvery: 100,
    softening: 0,
  });
  const [first, second] = [masses[1] / 2, masses[0] / 2];
  const eccentricity = 0.5;
  const far = 1 + eccentricity;
  const speed = Math.sqrt(2 * (2 / far - 1));
  const [p, q] = charges;
  const start = halfStepBack(simulation, {
    loc: Float64Array.of(-far * first, far * second, 0, 0, 0, 0),
    vel: Float64Array.of(0, 0, -speed * first, speed * second, 0, 0),
    charges: Float64Array.of(p, q),
    edges: Float64Array.of(p * p, p * q, p * q, q * q),
  });
  const { loc, vel } = integrate(simulation, start);

  it('keep their energy and come by the place that Kepler gives', () => {
    const field = forceField(simulation, start);
    const energy = systemEnergy(simulation, start);
    const exactEnergy = (-masses[0] * masses[1]) / 2;
    const drifts = Array.from({ length: loc.length / 6 }, (_, k) => {
      const force = new Float64Array(6);
      const [x, v] = [loc.subarray(6 * k, 6 * k + 6), vel.subarray(6 * k, 6 * k + 6)];
      field(x, v, force);
      return Math.abs(energy(x, synchronized(v, force, TIME_STEP)) / exactEnergy - 1);
    });
    const time = 50;
    const anomaly = solveKepler(Math.PI + Math.SQRT2 * time, eccentricity);
    const exact = [Math.cos(anomaly) - eccentricity, Math.sqrt(1 - eccentricity ** 2) * Math.sin(anomaly)];
    const [x0, x1, y0, y1] = loc.subarray(-6);
    const error = Math.hypot(x0 - x1 - exact[0], y0 - y1 - exact[1]);
    const [most, last] = [Math.max(...drifts), drifts.at(-1) ?? Number.NaN];
    console.info(
      `ellipse, 11 turns: energy off by ${most.toExponential(1)} at most, ${last.toExponential(1)} at the end; ` +
        `position off by ${error.toExponential(1)}`,
    );
    expect(most).toBeLessThan(1e-5);
    expect(error).toBeLessThan(1e-3);
  });
});

/** The eccentric anomaly E with E − e sin E = M, by Newton's method. */
function solveKepler(mean: number, eccentricity: number): number {
  let anomaly = mean;
  for (let i = 0; i < 50; i++) {
    anomaly -= (anomaly - eccentricity * Math.sin(anomaly) - mean) / (1 - eccentricity * Math.cos(anomaly));
  }
  return anomaly;
}

describe('constant fields', () => {
  const one = { loc: new Float64Array(3), charges: Float64Array.of(1), edges: Float64Array.of(1) };

  it('gravity makes a lone body fall on a parabola', () => {
    const simulation = defineSimulation({ kind: 'static', protocol: 'clofnet', bodies: 1, steps: 1001 });
    const start = halfStepBack(simulation, { ...one, vel: Float64Array.of(0.3, 0, -0.2) });
    const { loc } = integrate(simulation, start);
    const [x, y, z] = loc.subarray(-3);
    expect(x).toBeCloseTo(0.3, 12);
    expect(y).toBe(0);
    expect(z).toBeCloseTo(-0.2 + 0.098 / 2, 12);
  });

  it('a magnetic field makes a lone body circle at |B| and keeps its speed along B', () => {
    const simulation = defineSimulation({ kind: 'dynamic', protocol: 'clofnet', bodies: 1, steps: 4001 });
    const { vel } = integrate(simulation, { ...one, vel: Float64Array.of(0.5, 0, 0) });
    // v(t) = b (b·v) + cos(ωt) v_⊥ − sin(ωt) b × v_⊥ with b = (1, 1, 1)/√3, ω = √0.75, at t = 4
    const [along, omega] = [0.5 / 3, Math.sqrt(0.75)];
    const [cos, sin] = [Math.cos(4 * omega), Math.sin(4 * omega) / Math.sqrt(3)];
    const across = [2 * along, -along, -along];
    const turned = [0, 0.5, -0.5]; // √3 b × v
    const exact = across.map((component, axis) => along + cos * component - sin * turned[axis]);
    const found = [...vel.subarray(-3)];
    // The kick is explicit, so the speed grows by (ω Δt)²/2 a step: 1.5e-3 over the 4,000 steps.
    for (const [axis, component] of exact.entries()) expect(Math.abs(found[axis] - component)).toBeLessThan(2e-3);
  });
});

describe('two bodies on a spring', () => {
  it('swing as a harmonic oscillator', () => {
    const simulation = defineSimulation({ kind: 'springs', protocol: 'clofnet', bodies: 2, steps: 10_001 });
    const start = halfStepBack(simulation, {
      loc: Float64Array.of(0.5, -0.5, 0, 0, 0, 0),
      vel: Float64Array.of(0, 0, 0.1, 0.1, 0, 0),
      charges: Float64Array.of(1, 1),
      edges: Float64Array.of(0, 1, 1, 0),
    });
    const { loc } = integrate(simulation, start);
    const [x, , y] = loc.subarray(-6);
    // Each body: x'' = −2 k x with k = 0.1, after 10 units of time.
    expect(x).toBeCloseTo(0.5 * Math.cos(Math.sqrt(0.2) * 10), 6);
    expect(y).toBeCloseTo(1, 12);
  });
});

describe('the limit of a force', () => {
  it('cuts each component at 100', () => {
    const simulation = defineSimulation({ kind: 'charged', protocol: 'egnn', bodies: 2 });
    const state = { charges: Float64Array.of(1, 1), edges: Float64Array.of(1, 1, 1, 1) };
    const force = new Float64Array(6);
    forceField(simulation, state)(Float64Array.of(0.03, 0, 0.04, 0, 0, 0), new Float64Array(6), force);
    expect([...force]).toEqual([100, -100, 100, -100, 0, 0]);
  });
});

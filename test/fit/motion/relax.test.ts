import { describe, expect, it } from 'vitest';
import type { Potential } from '../../../src/fit/motion/potential.js';
import { largestLength, type RelaxationStep, relax } from '../../../src/fit/motion/relax.js';
import { Rng } from '../../../src/random/generator.js';
import { icosahedron, lennardJones, METAL, springs } from './support/potentials.js';

describe('relaxation', () => {
  it('finds the minimum of thirteen Lennard-Jones atoms', async () => {
    // The Cambridge Cluster Database (Wales et al.): −44.326801.
    const rng = Rng.fromSeed(3);
    const start = icosahedron(1.2).map((value) => value + 0.05 * rng.normal());
    const { energy, converged, maxForce, step, evaluations } = await relax(lennardJones(), start, { maxForce: 1e-5 });
    expect(energy).toBeCloseTo(-44.326801, 5);
    expect(converged).toBe(true);
    expect(maxForce).toBeLessThanOrEqual(1e-5);
    expect(evaluations).toBeGreaterThan(step);
    expect(step).toBeLessThan(100);
  });

  it('comes to the same place with energies in float32, as networks have them', async () => {
    const exact = lennardJones();
    const rounded: Potential = {
      ...exact,
      evaluate: async (x) => {
        const { energy, forces } = await exact.evaluate(x);
        return { energy: Math.fround(energy - 40_000), forces };
      },
    };
    const start = icosahedron(1.2);
    start[4] += 0.2;
    const [one, other] = [
      await relax(exact, start, { maxForce: 1e-6 }),
      await relax(rounded, start, { maxForce: 1e-6 }),
    ];
    expect([one.converged, other.converged]).toEqual([true, true]);
    expect((await exact.evaluate(other.positions)).energy).toBeCloseTo(one.energy, 9);
  });

  it('reports every step, and waits for who looks', async () => {
    const seen: RelaxationStep[] = [];
    const start = icosahedron(1.3);
    const end = await relax(lennardJones(), start, {
      onStep: async (step) => {
        await new Promise((resolve) => setTimeout(resolve));
        seen.push(step);
      },
    });
    expect(seen.map(({ step }) => step)).toEqual(Array.from(seen, (_, k) => k));
    expect(seen[0].positions).toEqual(start);
    expect(start).toEqual(icosahedron(1.3));
    expect(end).toMatchObject({ ...seen.at(-1) });
    for (const [k, { positions, energy, forces, maxForce }] of seen.entries()) {
      const there = await lennardJones().evaluate(positions);
      expect(energy).toBe(there.energy);
      expect(maxForce).toBe(largestLength(forces));
      if (k > 0) expect(energy).toBeLessThan(seen[k - 1].energy);
      const moves = positions.map((value, i) => Math.abs(value - seen[Math.max(0, k - 1)].positions[i]));
      expect(Math.max(...moves)).toBeLessThanOrEqual(0.2 + 1e-12);
    }
  });

  it('says that it has not converged', async () => {
    expect(await relax(springs(1), Float64Array.of(5, 0, 0), { maxSteps: 3 })).toMatchObject({
      step: 3,
      converged: false,
    });
    const slope: Potential = { units: METAL, evaluate: async () => ({ energy: 1, forces: Float64Array.of(1, 0, 0) }) };
    expect(await relax({ ...slope }, new Float64Array(3), { maxSteps: 1e3 })).toMatchObject({ converged: false });
    expect(await relax(springs(1), Float64Array.of(0.01, 0, 0))).toMatchObject({ step: 0, converged: true });
  });

  it('asks for the same in all units', async () => {
    const force = 0.05;
    const steps = {
      eV: await relax(springs(2), Float64Array.of(3, 0, 0)),
      other: await relax(
        springs(2 * 96.48533212331 * 100, { energy: 'kJ/mol', length: 'nm' }),
        Float64Array.of(0.3, 0, 0),
      ),
    };
    expect(steps.eV.maxForce).toBeLessThanOrEqual(force);
    expect(steps.other.step).toBe(steps.eV.step);
    expect(steps.other.positions[0] * 10).toBeCloseTo(steps.eV.positions[0], 9);
  });

  it('stops at what is no number, and where it is told to', async () => {
    const broken = (energy: number, force: number): Potential => ({
      units: METAL,
      evaluate: async () => ({ energy, forces: Float64Array.of(0, 0, 0, 0, force, 0) }),
    });
    const options = { species: ['C', 'H'] };
    const start = new Float64Array(6);
    await expect(relax(broken(Number.NaN, 0), start)).rejects.toThrow('the energy at the start is NaN');
    await expect(relax(broken(0, Infinity), start, options)).rejects.toMatchObject({
      name: 'UserError',
      message: 'the force on H2 at the start is Infinity',
      code: 'diverged',
    });
    await expect(relax(springs(1), start, { maxForce: -1 })).rejects.toThrow('maxForce must be a number above 0');
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(relax(springs(1), start, { signal })).rejects.toThrow('enough');
  });
});

import { describe, expect, it } from 'vitest';
import { formatExtendedXyz, parseExtendedXyz } from '../../../src/files/extended-xyz.js';
import { geometryOfStructure } from '../../../src/fit/data/extended-xyz-geometries.js';
import { motionFrame, motionTexts, relaxationFrame, stateOfFrame } from '../../../src/fit/motion/frames.js';
import type { MotionSample } from '../../../src/fit/motion/motion.js';
import { relax } from '../../../src/fit/motion/relax.js';
import { simulateMotion, startMotion } from '../../../src/fit/motion/simulate-motion.js';
import { icosahedron, lennardJones, METAL } from './support/potentials.js';

const species = Array<string>(13).fill('Ar');
const atoms = { species, units: METAL };
const masses = new Float64Array(13).fill(39.95);
const potential = lennardJones(0.0104, 3.4);
const start = startMotion(icosahedron(3.7), { masses, temperature: 30, units: METAL, seed: 2 });
const options = { masses, timeStep: 4, steps: 30, sampleEvery: 10, thermostat: { temperature: 30, friction: 5 } };

describe('frames of a simulation', () => {
  it('say the energies, forces and velocities of their moment, to the last digit', async () => {
    const samples: MotionSample[] = [];
    const kept = async function* () {
      for await (const sample of simulateMotion(potential, start, options)) {
        samples.push(sample);
        yield sample;
      }
    };
    let text = '';
    for await (const part of motionTexts(kept(), atoms)) {
      text += part;
      expect(parseExtendedXyz(text, 'so far')).toHaveLength(samples.length);
    }
    const frames = parseExtendedXyz(text, 'test');
    expect(frames).toHaveLength(4);
    for (const [k, { positions, arrays, info, species: symbols }] of frames.entries()) {
      const { potential: energy, kinetic, temperature, time, forces, velocities } = samples[k];
      expect(symbols).toEqual(species);
      expect(positions).toEqual(samples[k].positions);
      expect(arrays.get('forces')).toEqual({ columns: 3, data: forces });
      expect(arrays.get('velocities')).toEqual({ columns: 3, data: velocities });
      expect([energy, kinetic, temperature, time].map(String)).toEqual([
        info.energy,
        info.kinetic_energy,
        info.temperature,
        info.time,
      ]);
      expect(info).toMatchObject({ step: `${10 * k}`, energy_unit: 'eV', length_unit: 'Å' });
      expect(info.Lattice).toBeUndefined();
    }
    expect(text.split('\n')[1]).toMatch(/^Properties=species:S:1:pos:R:3:forces:R:3:vel:R:3 energy=-0\.\d+ /);
  });

  it('say their units, which geometries that are read from them have', () => {
    const forces = new Float64Array(39);
    const step = { positions: icosahedron(3.7), energy: -1, forces, maxForce: 0, step: 0 };
    const [frame] = parseExtendedXyz(
      formatExtendedXyz([relaxationFrame(step, { species, units: { energy: 'kcal/mol', length: 'bohr' } })]),
      'x',
    );
    const { units } = geometryOfStructure(frame, { file: 'x' });
    expect(units).toEqual({ energy: 'kcal/mol', forces: 'kcal/mol/bohr' });
  });

  it('are states to go on from', async () => {
    const samples: MotionSample[] = [];
    for await (const sample of simulateMotion(potential, start, options)) samples.push(sample);
    const [frame] = parseExtendedXyz(formatExtendedXyz([motionFrame(samples[1], atoms)]), 'test');
    const further: MotionSample[] = [];
    const state = stateOfFrame(frame, METAL);
    for await (const sample of simulateMotion(potential, state, { ...options, steps: 20 })) further.push(sample);
    expect(further).toEqual(samples.slice(2));
    const broken = (info: Record<string, string>) => () =>
      stateOfFrame({ ...frame, info: { ...frame.info, ...info } }, METAL);
    expect(broken({ length_unit: 'nm' })).toThrow('this state is in nm, the potential in Å');
    expect(broken({ step: '1.5' })).toThrow('the step 1.5 and the heat');
    expect(broken({ random_state: '{' })).toThrow('not a saved random state');
    expect(() => stateOfFrame({ ...frame, arrays: new Map() }, METAL)).toThrow('no state of a simulation');
  });

  it('say the cell, and along what it repeats', async () => {
    const samples = simulateMotion(potential, start, { ...options, steps: 0 });
    const { value } = await samples.next();
    if (!value) throw new Error('no start');
    const cell = [20, 0, 0, 0, 21, 0, 1, 2, 22];
    const text = formatExtendedXyz([
      motionFrame(value, { ...atoms, cell }),
      motionFrame(value, { ...atoms, cell, periodic: [true, false, 1] }),
    ]);
    const lattice = 'Lattice="20 0 0 0 21 0 1 2 22"';
    expect(text).toContain(`${lattice} pbc="T T T"`);
    expect(text).toContain(`${lattice} pbc="T F T"`);
  });
});

describe('frames of a relaxation', () => {
  it('say their energies and largest forces', async () => {
    const frames: string[] = [];
    const end = await relax(potential, icosahedron(3.7), {
      maxForce: 1e-4,
      onStep: (step) => void frames.push(formatExtendedXyz([relaxationFrame(step, atoms)])),
    });
    const last = parseExtendedXyz(frames.join(''), 'test').at(-1);
    expect(frames).toHaveLength(end.step + 1);
    expect(last?.info).toMatchObject({ step: `${end.step}`, energy: `${end.energy}`, max_force: `${end.maxForce}` });
    expect(last?.arrays.get('forces')?.data).toEqual(end.forces);
    expect(last?.positions).toEqual(end.positions);
  });
});

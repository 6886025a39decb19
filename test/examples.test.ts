import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main as makeConformers } from '../examples/conformers.js';
import { main as trainCustomNetwork } from '../examples/custom-network.js';
import { main as fitAspirin } from '../examples/fit-aspirin.js';
import { main as fitEthanol } from '../examples/fit-ethanol.js';
import { main as fitMultipoles } from '../examples/fit-multipoles.js';
import { main as predict } from '../examples/predict.js';
import { readMetrics } from '../src/training/index.node.js';

describe('examples', () => {
  it('custom-network.ts learns most of the force in a fraction of its steps', async () => {
    const lines: string[] = [];
    const print = (line: string): void => void lines.push(line);
    const folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
    try {
      const error = await trainCustomNetwork(folder, { epochs: 3, print });
      expect(error).toBeLessThan(0.3);
      expect(lines[2]).toMatch(/^epoch 3: training error \S+, validation error \S+$/);
      expect(lines.at(-1)).toMatch(/^equivariance error: .*e-\d of the output's scale$/);
      // A run that is done goes on with nothing, and ends as it did.
      expect(await trainCustomNetwork(folder, { resume: true, print })).toBe(error);
      expect((await readMetrics(folder)).map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('predict.ts prints where five bodies will be, by the shipped weights', async () => {
    const lines: string[] = [];
    const positions = await predict(undefined, (line) => lines.push(line));
    expect(lines[0]).toBe('clof_vel predicts');
    expect(lines).toHaveLength(6);
    // Two like charges beside each other drift apart along x, as far on one side as on the other.
    const [left, right] = [positions[9], positions[12]];
    expect(left).toBeLessThan(-0.1);
    expect(left + right).toBeCloseTo(1.5, 4);
  });

  it('conformers.ts makes conformers by the shipped weights', async () => {
    const lines: string[] = [];
    expect(await makeConformers(undefined, (line) => lines.push(line))).toBe(6);
    expect(lines).toHaveLength(8);
    expect(lines[3]).toBe('CC(=O)Oc1ccccc1C(=O)O: 3 of 3 made, 0 failed');
    for (const line of lines.slice(4, 7)) expect(line).toMatch(/^C\[C@@?H\]\(N\)C\(=O\)O {2}\d\d\.\d\d kcal\/mol$/);
  });

  describe('of fit', () => {
    const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/fit/${name}.xyz.gz`, import.meta.url));
    const tiny = {
      model: { hidden: 8, layers: 1 },
      split: { train: 2, valid: 1, test: 1 },
      training: { epochs: 2, batch: 1 },
    };
    const lines: string[] = [];
    const print = (line: string): void => void lines.push(line);
    let folder = '';
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    it('fit-ethanol.ts learns forces and tells errors', async () => {
      const error = await fitEthanol(fixture('ethanol'), join(folder, 'ethanol'), tiny, print);
      expect(error).toBeGreaterThan(0);
      expect(lines[0]).toBe('2 train, 1 valid, 1 test geometries; learns energy (eV), forces (eV/Å)');
      expect(lines.at(-1)).toMatch(/^forces: off by \S+ eV\/Å; a constant, by \S+$/);
    });

    it('fit-aspirin.ts relaxes by what was learned', async () => {
      const fall = await fitAspirin(fixture('ethanol'), join(folder, 'aspirin'), { ...tiny, maxSteps: 3 }, print);
      expect(fall).toBeGreaterThan(0);
      expect(lines.at(-1)).toMatch(/^-\S+ eV at first, -\S+ eV after 3 steps$/);
    });

    it('fit-multipoles.ts writes predictions beside what is known', async () => {
      const file = await fitMultipoles(fixture('multipoles'), join(folder, 'multipoles'), tiny, print);
      expect(lines.at(-1)).toBe(`predictions: ${file}`);
      expect(await readFile(file, 'utf8')).toMatch(/ dipole="[^"]+".* predicted_dipole="[^"]+" predicted_quadrupole=/);
    });
  });
});

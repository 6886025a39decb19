import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main as makeConformers } from '../examples/conformers.js';
import { main as trainCustomNetwork } from '../examples/custom-network.js';
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
});

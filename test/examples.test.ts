import { describe, expect, it } from 'vitest';
import { main as makeConformers } from '../examples/conformers.js';
import { main as trainCustomNetwork } from '../examples/custom-network.js';
import { main as predict } from '../examples/predict.js';

describe('examples', () => {
  it('custom-network.ts learns most of the force in a fraction of its steps', async () => {
    const lines: string[] = [];
    expect(await trainCustomNetwork(300, (line) => lines.push(line))).toBeLessThan(0.3);
    expect(lines.at(-1)).toMatch(/^equivariance error: .*e-\d of the output's scale$/);
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

import { describe, expect, it } from 'vitest';
import { EnergyWindow } from '../../../src/conformers/making/energy-window.js';
import type { FailedConformer, MadeConformer } from '../../../src/conformers/making/made-conformer.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';

const ethanol = parseSmiles('CCO');
const methanol = parseSmiles('CO');

const made = (energy: number, molecule = ethanol, attempts = 1): MadeConformer => ({
  molecule,
  coordinates: new Float32Array(3 * molecule.atomicNumbers.length),
  attempts,
  mirrored: false,
  relaxed: { energy },
});

const isMade = (result: MadeConformer | FailedConformer): boolean => 'coordinates' in result;

describe('an energy window', () => {
  it('rejects what is further above the lowest of the same molecule, and says by how much', () => {
    const results = [made(10), made(13.5), made(50, methanol), made(13)];
    new EnergyWindow(3.2).reject(results);
    expect(results.map(isMade)).toEqual([true, false, true, true]);
    expect(results[1]).toMatchObject({ reason: '3.5 kcal/mol above the lowest conformer' });
  });

  it('judges earlier conformers anew when a lower one comes', () => {
    const window = new EnergyWindow(3);
    const results = [made(10), made(20)];
    window.reject(results);
    results[1] = made(5, ethanol, 2);
    window.reject(results);
    expect(results.map(isMade)).toEqual([false, true]);
  });

  it('puts the lowest draw back where all were too high, with the number of attempts', () => {
    const window = new EnergyWindow(3);
    const results: (MadeConformer | FailedConformer)[] = [made(0), made(20)];
    window.reject(results);
    results[1] = made(15, ethanol, 2);
    window.reject(results);
    results[1] = made(18, ethanol, 3);
    window.reject(results);
    expect(window.fill(results)[1]).toMatchObject({ attempts: 3, relaxed: { energy: 15 } });
  });

  it('leaves alone what was not relaxed, or failed', () => {
    const { relaxed: _, ...plain } = made(0);
    const failed: FailedConformer = { reason: 'a clash', findings: [], attempts: 8 };
    const results = [made(0), plain, failed];
    const window = new EnergyWindow(1);
    window.reject(results);
    expect(window.fill(results)).toEqual([made(0), plain, failed]);
  });
});

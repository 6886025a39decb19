import type { MadeConformer, MakingResult } from './made-conformer.js';

const energyOf = (result: MakingResult): number | undefined =>
  'relaxed' in result && result.relaxed && 'energy' in result.relaxed ? result.relaxed.energy : undefined;

/**
 * Relaxed conformers far above the lowest one of their isomer are hardly ever there in nature. They are resampled;
 * if no attempt is low enough, the lowest one stands. What was not relaxed is left alone.
 */
export class EnergyWindow {
  readonly #width: number;
  readonly #lowest = new Map<string, number>();
  readonly #spare = new Map<number, MadeConformer>();

  /** @param width kcal/mol */
  constructor(width: number) {
    this.#width = width;
  }

  /** Turns results that are too high into failures; keeps the lowest of each place. */
  reject(results: MakingResult[]): void {
    for (const result of results) {
      const energy = energyOf(result);
      if (energy === undefined || !('molecule' in result)) continue;
      const { smiles } = result.molecule;
      this.#lowest.set(smiles, Math.min(energy, this.#lowest.get(smiles) ?? energy));
    }
    for (const [k, result] of results.entries()) {
      const energy = energyOf(result);
      if (energy === undefined || !('molecule' in result)) continue;
      const above = energy - (this.#lowest.get(result.molecule.smiles) ?? energy);
      if (above <= this.#width) continue;
      const spare = this.#spare.get(k);
      if (!spare || energy < (energyOf(spare) ?? energy)) this.#spare.set(k, result);
      const reason = `${above.toFixed(1)} kcal/mol above the lowest conformer`;
      results[k] = { reason, findings: [], attempts: result.attempts };
    }
  }

  /** Puts the lowest conformer back where all attempts were too high. */
  fill(results: MakingResult[]): MakingResult[] {
    return results.map((result, k) => {
      const spare = this.#spare.get(k);
      return spare && !('coordinates' in result) ? { ...spare, attempts: result.attempts } : result;
    });
  }
}

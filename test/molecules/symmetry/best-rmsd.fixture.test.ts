import { describe, expect, it } from 'vitest';
import { rmsdMatrix } from '../../../src/molecules/symmetry/best-rmsd.js';
import { bestRmsdCases } from '../../support/best-rmsd-fixture.js';
import { moleculesInSpace } from '../support/mol-blocks.js';

const cases = bestRmsdCases().map((entry) => [entry.smiles, entry] as const);

describe('the best RMSD', () => {
  it.each(cases)("of conformers of %s is RDKit's, in either form", (_, entry) => {
    const references = moleculesInSpace(entry.reference_sdf);
    const generated = moleculesInSpace(entry.generated_sdf).map(({ coordinates }) => coordinates);
    const forms = [
      [false, entry.heavy_atom_best_rmsd],
      [true, entry.heavy_atom_best_rmsd_symmetrized],
    ] as const;
    for (const [symmetrizeConjugatedTerminalGroups, expected] of forms) {
      const found = rmsdMatrix(
        references[0].molecule,
        references.map(({ coordinates }) => coordinates),
        generated,
        { symmetrizeConjugatedTerminalGroups },
      );
      for (const [k, value] of expected.flat().entries()) expect(Math.abs(found[k] - value)).toBeLessThan(1e-5);
    }
  });
});

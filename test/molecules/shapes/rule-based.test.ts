import { beforeAll, describe, expect, it } from 'vitest';
import { checkStereo } from '../../../src/molecules/checks/stereo-checks.js';
import { loadResources } from '../../../src/molecules/open-chem-lib.node.js';
import { bondChange } from '../../../src/molecules/perception/bonds-in-space.js';
import { ruleBasedConformers } from '../../../src/molecules/shapes/rule-based.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { Rng } from '../../../src/random/generator.js';

beforeAll(loadResources);

describe("conformers by OpenChemLib's rules", () => {
  it.each(['C/C=C\\[C@H](O)CN', 'C[C@H]1CC[C@@H](O)C1'])('of %s are in our order and of the right isomer', (smiles) => {
    const molecule = parseSmiles(smiles);
    const found = ruleBasedConformers(molecule, 5, Rng.fromSeed(1));
    expect(found.length).toBeGreaterThan(0);
    for (const shape of found) {
      expect(checkStereo(molecule, shape)).toEqual([]);
      expect(bondChange(molecule, shape)).toBeUndefined();
    }
  });

  it('are the same for the same random numbers, and end where the rules do', () => {
    const molecule = parseSmiles('CCCO');
    const found = ruleBasedConformers(molecule, 1000, Rng.fromSeed(2));
    expect(found.length).toBeGreaterThan(1);
    expect(found.length).toBeLessThan(30);
    expect(ruleBasedConformers(molecule, 1000, Rng.fromSeed(2))).toEqual(found);
  });

  it('refuse zero conformers', () => {
    expect(() => ruleBasedConformers(parseSmiles('CC'), 0, Rng.fromSeed(1))).toThrow('the number of conformers');
  });
});

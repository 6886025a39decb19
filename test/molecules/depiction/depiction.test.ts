import { describe, expect, it } from 'vitest';
import { depict, flatMolecule } from '../../../src/molecules/depiction/depiction.js';
import { heavyAtoms } from '../../../src/molecules/molecule.js';
import { OclMolecule } from '../../../src/molecules/open-chem-lib.js';
import { moleculeFromOcl } from '../../../src/molecules/perception/perceive.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';

const molecules = [
  'CCO',
  'CC(=O)Oc1ccccc1C(=O)O',
  'C[C@H](N)C(=O)O',
  'CC(C)Cc1ccc(cc1)[C@H](C)C(=O)O',
  'C/C=C/CO',
  'C/C=C\\CO',
  'C[N+](C)(C)CC(=O)[O-]',
  'C1C[C@H]2CC[C@@H]1O2',
  'CN1C=NC2=C1C(=O)N(C(=O)N2C)C',
];

describe('a depiction', () => {
  it.each(molecules)('of %s says what the molecule is, stereo and all', (smiles) => {
    const molecule = parseSmiles(smiles);
    const drawn = OclMolecule.fromMolfile(flatMolecule(molecule).toMolfile());
    expect(moleculeFromOcl(drawn).smiles).toBe(molecule.smiles);
  });

  it.each(molecules)('of %s has atoms a bond apart where there are bonds', (smiles) => {
    const molecule = parseSmiles(smiles);
    const { positions } = depict(molecule);
    const heavy = heavyAtoms(molecule).length;
    expect(positions).toHaveLength(2 * heavy);
    const { begin, end } = molecule.bonds;
    for (const [bond, i] of begin.entries()) {
      if (end[bond] >= heavy) continue;
      const j = end[bond];
      const length = Math.hypot(positions[2 * i] - positions[2 * j], positions[2 * i + 1] - positions[2 * j + 1]);
      expect(length).toBeGreaterThan(0.7);
      expect(length).toBeLessThan(2.6);
    }
  });

  it('is an SVG in the colours of its surroundings', () => {
    const { svg } = depict(parseSmiles('CC(=O)N'), { id: 'amide', width: 200, height: 100 });
    expect(svg).toMatch(/^<svg id="amide" xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toMatch(/stroke="currentColor"/);
    expect(svg).toMatch(/color-mix\(in srgb, rgb\(255,13,13\) 65%, currentColor\)">O</);
    expect(svg).not.toMatch(/rgb\(0,0,0\)|class="event"/);
    expect(Number(/width="(\d+)px"/.exec(svg)?.[1])).toBeLessThanOrEqual(200);
  });

  it('shows molecules of one atom too', () => {
    const { svg, positions } = depict(parseSmiles('C'));
    expect(svg).toContain('>C</text>');
    expect(positions).toHaveLength(2);
  });
});

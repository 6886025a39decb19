import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import { SmilesError } from '../../../src/molecules/smiles/error.js';
import { parseSmiles, readSmilesLines, type SmilesOptions } from '../../../src/molecules/smiles/smiles.js';

/** The error of a SMILES that cannot be read. */
function faultOf(text: string, options?: SmilesOptions): SmilesError {
  try {
    parseSmiles(text, options);
  } catch (error) {
    if (error instanceof SmilesError) return error;
    throw error;
  }
  throw new Error(`${text} was read`);
}

/** The text, the place of the fault from 0 (undefined: all of it), and part of the reason. */
const FAULTS: readonly (readonly [text: string, position: number | undefined, reason: string])[] = [
  ['', undefined, 'there is no atom in it'],
  [' ', undefined, 'there is no atom in it'],
  ['.', undefined, 'there is no atom in it'],
  ['CC(=O', 2, 'this branch is never closed; add )'],
  ['CC)C', 2, 'no branch is open here'],
  ['C()C', 2, 'this branch is empty'],
  ['(C)C', 0, 'a branch needs an atom before it'],
  ['C1CC', 1, 'this ring is never closed'],
  ['1CC1', 0, 'a ring number needs an atom before it'],
  ['C11', 2, 'closes at the atom where it begins'],
  ['C12CC12', 6, 'bonded already'],
  ['C=1CC#1', 5, 'the two ends of this ring bond differ'],
  ['C%1', 1, 'two digits belong after %'],
  ['C==C', 2, 'two bonds in a row'],
  ['C=', 1, 'no atom follows this bond'],
  ['C(=)C', 2, 'no atom follows this bond'],
  ['=C', 0, 'a bond needs an atom before it'],
  ['C[N', 1, 'this bracket is never closed; add ]'],
  ['C]', 1, 'no bracket is open'],
  ['[C@@@H]C', 0, 'this bracket cannot be read'],
  ['[C@AL1](F)(Cl)Br', 2, 'write @ or @@ instead of @AL1'],
  ['CCO ethanol', 3, 'a SMILES has no blanks'],
  ['C*', 1, 'wildcard atoms'],
  ['C~C', 1, 'SMARTS'],
  ['C>>C', 1, 'reaction'],
  ['CNa', 1, 'the element Na must stand in brackets, with its hydrogens: [Na]'],
  ['XC', 0, 'no element has this symbol'],
  ['[13Xx]', 3, 'no element has this symbol'],
  ['[zn]1ccc1', 1, 'never aromatic'],
  ['CC(C)(C)(C)C', 1, 'C has 5 bonds here, it can have 4'],
  ['C=C=C(=C)C', 4, 'C has 5 bonds here, it can have 4 (a double bond counts twice)'],
  ['CO(C)C', 1, 'O has 3 bonds here, it can have 2'],
  ['C[N+](C)(C)(C)C', 1, 'N+ has 5 bonds here, it can have 4'],
  ['[NH4]', 0, 'N has 4 bonds here, it can have 3'],
  ['C[H]C', 1, 'H has 2 bonds here, it can have 1'],
  ['C[He]', 1, 'He has 1 bond here, it can have 0; take them away'],
  ['n1cccc1', 0, 'a hydrogen may be missing here: [nH]'],
  ['c1cccc1', 5, 'no alternating double bonds fit this aromatic ring'],
  ['c1ccccc1c', 8, 'must be in a ring of them; use upper case'],
  ['C:C', 1, 'an aromatic bond joins two aromatic atoms'],
  ['[Na+].[Cl-]', 6, 'these are 2 molecules side by side'],
  ['F/C(/Cl)=C(/F)/Cl', 14, 'this mark contradicts another at the same double bond'],
];

describe('a SMILES that is none', () => {
  it.each(FAULTS)('%j is refused at %s: %s', (text, position, reason) => {
    const fault = faultOf(text);
    expect(fault.message).toContain(reason);
    expect(fault.message).toMatch(/^SMILES "/);
    expect(fault.message).not.toMatch(/\n|Class\$/);
    expect(fault.position).toBe(position);
  });

  it('says which character, from 1, and quotes it', () => {
    expect(faultOf('CC(=O').message).toBe('SMILES "CC(=O", character 3 ("("): this branch is never closed; add )');
  });

  it('is refused for elements and sizes that the caller cannot take', () => {
    const organic = new Set([1, 6, 7, 8]);
    expect(parseSmiles('OCCN', { elements: organic }).smiles).toBe('NCCO');
    expect(faultOf('CC[Si]', { elements: organic })).toMatchObject({
      position: 2,
      message: expect.stringContaining('Si is not supported here; known are H, C, N, O'),
    });
    // Its organic part may be what was meant.
    expect(faultOf('CC(=O)[O-].[Na+]', { elements: organic })).toMatchObject({
      position: 11,
      message: expect.stringContaining('these are 2 molecules side by side; give one molecule at a time'),
    });
    expect(parseSmiles('CC', { maxAtoms: 8 }).atomicNumbers).toHaveLength(8);
    expect(faultOf('CC', { maxAtoms: 7 }).message).toContain(
      'has 8 atoms or more, at most 7 are allowed; use a smaller one',
    );
    expect(faultOf('C'.repeat(100_000)).message).toContain('100000 atoms');
  });

  it('never ends in another error than ours', () => {
    const parts = [
      'C',
      'N',
      'O',
      'S',
      'c',
      'n',
      'o',
      'Cl',
      '1',
      '2',
      '%12',
      '(',
      ')',
      '=',
      '#',
      '-',
      ':',
      '/',
      '\\',
      '.',
    ];
    const brackets = [
      '[nH]',
      '[C@H]',
      '[C@@]',
      '[H]',
      '[N+]',
      '[O-]',
      '[S@]',
      '[',
      ']',
      '@',
      '*',
      ' ',
      'c1ccccc1',
      'é',
    ];
    const texts = fc.array(fc.constantFrom(...parts, ...brackets), { maxLength: 14 }).map((list) => list.join(''));
    let read = 0;
    fc.assert(
      fc.property(texts, (text) => {
        try {
          const molecule = parseSmiles(text);
          expect(parseSmiles(molecule.smiles).smiles).toBe(molecule.smiles);
          read++;
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
        }
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect(read).toBeGreaterThan(100);
  });
});

describe('a file of SMILES', () => {
  it('gives a molecule or an error for each line, and goes on', () => {
    const text = '\uFEFF# solvents\nCCO ethanol\n\n  C(C  bad one\r\nc1ccccc1\tbenzene, dry \nN';
    const lines = [...readSmilesLines(text, 'in.smi')].map((line) =>
      'error' in line ? line : [line.line, line.molecule.smiles, line.molecule.name],
    );
    expect(lines).toEqual([
      [2, 'CCO', 'ethanol'],
      {
        line: 4,
        error: 'in.smi, line 4: SMILES "C(C", character 2 ("("): this branch is never closed; add )',
        position: 1,
      },
      [5, 'c1ccccc1', 'benzene, dry'],
      [6, 'N', ''],
    ]);
  });
});

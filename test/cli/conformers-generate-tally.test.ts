import { expect, it } from 'vitest';
import { GenerateTally } from '../../src/cli/conformers/generate-tally.js';
import { Output } from '../../src/cli/output.js';
import { parseSmiles } from '../../src/molecules/smiles/smiles.js';

/** What is said of a molecule that two conformers were asked of. */
function warningOf(smiles: string, made: number): string {
  const told: string[] = [];
  const stream = { write: (text: string) => told.push(text), isTTY: false };
  const tally = new GenerateTally(
    new Output({ stdout: stream, stderr: stream }, { json: false, quiet: false }),
    { written: undefined, isThere: false },
    undefined,
  );
  const failure = { reason: 'clash: C1 and C9 are 1.50 Å apart', findings: [], attempts: 8 };
  tally.add({
    kind: 'molecule',
    index: 0,
    molecule: parseSmiles(smiles),
    requested: 2,
    generated: 2,
    made,
    resampled: 0,
    mirrored: 0,
    duplicates: 0,
    failed: Array.from({ length: 2 - made }, () => failure),
  });
  return told.join('');
}

it('says of a molecule without conformers that it is very large, if it is', () => {
  const hint = 'larger than the training molecules';
  expect(warningOf('C'.repeat(60), 0)).toContain(`1.50 Å apart; with 60 heavy atoms it is ${hint}`);
  expect(warningOf('C'.repeat(60), 1)).not.toContain(hint);
  expect(warningOf('C'.repeat(50), 0)).toMatch(/2 of 2 conformers failed; .* 1\.50 Å apart\n$/);
});

import { expect, it } from 'vitest';
import { resumeAdvice, stopNote, unchanged } from '../../src/cli/stop-note.js';

const words = { held: '3 conformers', first: 'conformer', advice: '--resume to continue' };
const place = { path: 'out.sdf', kept: undefined, isResumed: false, hasGrown: false };

it('names a file only where something is in it, and advises to go on only where that can be done', () => {
  for (const [changes, isInterrupted, note] of [
    [{ hasGrown: true }, true, 'stopped; out.sdf holds 3 conformers; --resume to continue'],
    [{ hasGrown: true }, false, 'out.sdf holds 3 conformers; --resume to continue'],
    [{}, true, 'stopped before the first conformer; nothing was written'],
    [{ kept: 'out.sdf' }, true, 'stopped before the first conformer; out.sdf is unchanged'],
    [
      { kept: 'out.sdf', isResumed: true },
      true,
      'stopped before the first conformer; out.sdf is unchanged; --resume to continue',
    ],
    [{ kept: 'out.sdf' }, false, undefined],
  ] as const) {
    expect(stopNote({ ...place, ...changes }, words, isInterrupted)).toBe(note);
  }
  expect(unchanged(undefined)).toBe('nothing was written');
});

it('says how the command line that continues differs', () => {
  expect(resumeAdvice({ force: false })).toBe('with --resume');
  expect(resumeAdvice({ force: true })).toBe('with --resume instead of --force');
  expect(resumeAdvice({ force: false, trajectory: 'way.xyz' })).toBe('with --resume and without --trajectory');
});

import { describe, expect, it } from 'vitest';
import { formatCount, formatDuration } from '../../src/cli/format.js';
import { Output } from '../../src/cli/output.js';
import { canShowProgress, ProgressBar } from '../../src/cli/progress.js';
import { recordingStreams } from './support/streams.js';

const CLEAR = '\r\x1b[K';

describe('ProgressBar', () => {
  it('draws one line with rate and time left, seldom, and takes it away', () => {
    const { streams, written } = recordingStreams({ columns: 120 });
    let time = 0;
    const bar = new ProgressBar(streams.stderr, { title: 'train', total: 200, initial: 50, now: () => time });
    bar.update(50);
    time = 50;
    bar.update(60); // too soon to draw again
    time = 2000;
    bar.update(100, 'loss 0.1');
    bar.finish();
    bar.update(200);
    const lines = written.stderr.split(CLEAR).slice(1);
    expect(lines).toEqual([
      'train █████░░░░░░░░░░░░░░░ 25 %  50/200',
      'train ██████████░░░░░░░░░░ 50 %  100/200  25/s  4.0 s left  loss 0.1',
      '',
    ]);
  });

  it('fits the terminal', () => {
    const { streams, written } = recordingStreams({ columns: 30 });
    new ProgressBar(streams.stderr, { title: 'a rather long title', total: 10 }).update(10);
    expect(written.stderr.slice(CLEAR.length)).toHaveLength(29);
    const narrow = recordingStreams({ columns: 60 });
    new ProgressBar(narrow.streams.stderr, { title: 'epoch 7', total: 4, initial: 2 }).update(2, 'loss 0.0123');
    expect(narrow.written.stderr).toBe(`${CLEAR}epoch 7 █████░░░░░ 50 %  2/4  loss 0.0123`);
  });

  it('is only for terminals that can move', () => {
    expect(canShowProgress({ write() {}, isTTY: true }, 'xterm')).toBe(true);
    expect(canShowProgress({ write() {}, isTTY: true }, 'dumb')).toBe(false);
    expect(canShowProgress({ write() {} }, 'xterm')).toBe(false);
  });
});

describe('Output', () => {
  it('writes lines above a bar that is shown', () => {
    const { streams, written } = recordingStreams({ isTTY: true, columns: 80 });
    const output = new Output(streams, { json: false, quiet: false });
    const bar = new ProgressBar(streams.stderr, { title: 'x', total: 2 });
    bar.update(1);
    bar.around(() => output.note('halfway'));
    expect(written.stderr).toMatch(/halfway\nx █{10}/);
  });

  it('shows no bar away from a terminal, with --json and with --quiet', () => {
    for (const [isTTY, json, quiet] of [
      [false, false, false],
      [true, true, false],
      [true, false, true],
    ] as const) {
      const { streams, written } = recordingStreams({ isTTY });
      new Output(streams, { json, quiet }).progress('x', 10).update(10);
      expect(written.stderr).toBe('');
    }
  });

  it('warns even when quiet, and prints one document only', () => {
    const { streams, written } = recordingStreams();
    const output = new Output(streams, { json: true, quiet: true });
    output.note('no');
    output.line('no');
    output.warn('chaotic');
    output.document({ a: new Map([['b', 1]]) });
    expect(written).toEqual({ stdout: '{\n  "a": {\n    "b": 1\n  }\n}\n', stderr: 'warning: chaotic\n' });
    expect(() => output.document({})).toThrow();
  });
});

it('formats durations and counts', () => {
  expect([0.421, 3.14, 12.4, 59.8, 200, 7500, Number.NaN].map(formatDuration)).toEqual([
    '0.42 s',
    '3.1 s',
    '12 s',
    '1 min 0 s',
    '3 min 20 s',
    '2 h 5 min',
    '?',
  ]);
  expect([7000, 3.14, 3, 25.4].map(formatCount)).toEqual(['7,000', '3.1', '3', '25']);
});

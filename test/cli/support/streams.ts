import type { Streams } from '../../../src/cli/streams.js';

/** Streams that keep what is written to them. */
export function recordingStreams(terminal: { isTTY?: boolean; columns?: number } = {}) {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    ...terminal,
    write: (text: string) => {
      written[name] += text;
    },
  });
  const streams: Streams = { stdout: stream('stdout'), stderr: stream('stderr') };
  return { streams, written };
}

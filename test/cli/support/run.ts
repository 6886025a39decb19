import { commandList } from '../../../src/cli/commands.js';
import { runCommandLine } from '../../../src/cli/run.js';
import { recordingStreams } from './streams.js';

/** Runs `clofnet` with these words in this process. */
export async function runClofnet(...words: string[]) {
  const { streams, written } = recordingStreams();
  const exitCode = await runCommandLine(words, commandList, streams);
  return { exitCode, ...written };
}

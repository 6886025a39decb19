import { type CommandGroup, command } from '../../../src/cli/command.js';
import { simulate } from '../../../src/cli/fit/md.js';
import { fitMdSpec } from '../../../src/cli/fit/md-spec.js';
import { relaxGeometries } from '../../../src/cli/fit/relax.js';
import { fitRelaxSpec } from '../../../src/cli/fit/relax-spec.js';
import { runCommandLine } from '../../../src/cli/run.js';
import type { OpenedPotential, OpenPotential, Potential, PotentialAtoms } from '../../../src/fit/motion/potential.js';
import { recordingStreams } from './streams.js';

const group: CommandGroup = { name: 'fit', summary: 'what is learned' };

/** Runs `clofnet fit md` and `clofnet fit relax` with a potential of the test's own. */
export function clofnetFitWith(potential: Potential & Pick<OpenedPotential, 'hash'>) {
  const opened: { weights: string; atoms: PotentialAtoms; device: string }[] = [];
  let closed = 0;
  const open: OpenPotential = async (weights, atoms, { device }) => {
    opened.push({ weights, atoms, device });
    const close = async (): Promise<void> => void closed++;
    return { ...potential, close };
  };
  const list = {
    groups: [group],
    commands: [
      command(fitMdSpec, async () => ({ run: (context, args) => simulate(context, args, open) })),
      command(fitRelaxSpec, async () => ({ run: (context, args) => relaxGeometries(context, args, open) })),
    ],
  };
  const run = async (...words: string[]) => {
    const { streams, written } = recordingStreams();
    return { exitCode: await runCommandLine(['fit', ...words], list, streams), ...written };
  };
  return { run, opened, isClosed: () => closed === opened.length };
}

import { z } from 'zod';
import type { Remedy } from '../common/remedy.js';

/** The commands that make runs: what shows whose a run is, and what else can be done with it. */
const COMMANDS = [
  {
    train: 'newton train',
    report: 'newton report',
    mark: z.object({ data: z.object({ directory: z.string() }) }),
  },
  {
    train: 'conformers train',
    report: 'conformers report',
    mark: z.object({ data: z.object({ file: z.string() }), noise: z.unknown() }),
  },
];

/**
 * What to use instead, where a run is of another command.
 * @param description a run's description, of whatever form
 * @param command the command that takes it for one of its own
 * @returns undefined where it is not known to be of another command
 */
export function otherCommand(description: unknown, command: string): Remedy[] | undefined {
  const { data } = z.object({ config: z.unknown() }).safeParse(description);
  const maker = COMMANDS.find(({ mark }) => mark.safeParse(data?.config).success);
  if (!maker || maker.train === command) return undefined;
  return [{ command: maker.report }, { command: maker.train, setting: 'resume' }];
}

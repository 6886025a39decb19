import { z } from 'zod';

/** The commands that make runs: what shows whose a run is, and what else can be done with it. */
const COMMANDS = [
  {
    train: 'clofnet newton train',
    report: 'clofnet newton report',
    mark: z.object({ data: z.object({ directory: z.string() }) }),
  },
  {
    train: 'clofnet conformers train',
    report: 'clofnet conformers report',
    mark: z.object({ data: z.object({ file: z.string() }), noise: z.unknown() }),
  },
];

/**
 * Which other command a run is of, and what to use instead: to be put behind the name of the run's folder.
 * @param description a run's description, of whatever form
 * @param command the command that takes it for one of its own
 * @returns undefined where it is not known to be of another command
 */
export function otherCommand(description: unknown, command: string): string | undefined {
  const { data } = z.object({ config: z.unknown() }).safeParse(description);
  const maker = COMMANDS.find(({ mark }) => mark.safeParse(data?.config).success);
  if (!maker || maker.train === command) return undefined;
  return `is a run of '${maker.train}'; use '${maker.report}' or '${maker.train} --resume'`;
}

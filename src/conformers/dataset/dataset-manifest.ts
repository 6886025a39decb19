import { z } from 'zod';
import { UserError } from '../../common/errors.js';
import { firstIssue } from '../../common/first-issue.js';

const count = z.int().min(0);

const manifestSchema = z.object({
  format: z.literal('clofnet ensembles'),
  /** Of the layout; a file of a later version is refused. */
  version: z.literal(1),
  molecules: count,
  conformers: count,
  /** Of all molecules, each counted once. */
  atoms: count,
  /** How many molecules are in each split. */
  splits: z.record(z.string(), count),
  /** The numbers by which the arrays name levels of theory. */
  levels: z.array(z.string()),
  /** The program that wrote the file, and its version. */
  program: z.string().optional(),
  /** What was read, in order. */
  sources: z.array(z.object({ path: z.string(), sha256: z.string().optional(), records: count })).optional(),
  /** How the file can be made again. */
  command: z.string().optional(),
  /** What was left out, counted by reason: records that were read, and conformers of the others. */
  rejected: z.object({ records: z.record(z.string(), count), conformers: z.record(z.string(), count) }).optional(),
  /** The seed by which molecules were put into splits. */
  seed: count.optional(),
});

/** What a data set is and where it comes from. */
export type DatasetManifest = z.output<typeof manifestSchema>;

/** The part of a manifest that does not follow from the ensembles. */
export type DatasetOrigin = Pick<DatasetManifest, 'program' | 'sources' | 'command' | 'rejected' | 'seed'>;

/**
 * Reads a manifest from its JSON.
 *
 * @throws UserError where it is missing, damaged, or of a later version
 */
export function parseManifest(text: string | undefined, source: string): DatasetManifest {
  if (text === undefined) {
    throw new UserError(`${source} is not a data set of conformers`, {
      file: source,
      remedy: { command: 'conformers prepare', purpose: 'to make one' },
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${source}: damaged data set: its manifest is not JSON`, { file: source, cause });
  }
  const result = manifestSchema.safeParse(value);
  if (result.success) return result.data;
  throw new UserError(`${source}: damaged data set, or of another version: ${firstIssue(result.error, 'manifest')}`, {
    file: source,
  });
}

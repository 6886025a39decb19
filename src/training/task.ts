import type { z } from 'zod';
import type { RunConfig } from './run-description.js';
import type { Trainee } from './trainee.js';

/** What the command line trains: `clofnet NAME train`, `clofnet NAME report`. */
export interface Task<Config extends RunConfig, Data> extends Trainee<Config, Data> {
  readonly name: string;
  /** The networks that it can train. */
  readonly networks: readonly string[];
  /** The configurations that files in configs/ teach, by their names without ending. */
  readonly examples: Readonly<Record<string, z.ZodType>>;
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The metrics of a run without its seconds, which no repetition repeats. */
export const untimedMetrics = async (run: string): Promise<string> =>
  (await readFile(join(run, 'metrics.jsonl'), 'utf8')).replaceAll(/,"seconds":[\d.]+/g, '');

/** The same of its table, whose last column they are. */
export const untimedTable = async (run: string): Promise<string> =>
  (await readFile(join(run, 'metrics.csv'), 'utf8')).replaceAll(/,[^,\n]*$/gm, '');

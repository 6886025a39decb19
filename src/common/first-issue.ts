import type { z } from 'zod';

/**
 * The first thing that a schema finds wrong with a value, and where: `schedule.best: Invalid input: expected number`.
 * @param root what the value itself is called
 */
export function firstIssue({ issues: [{ path, message }] }: z.ZodError, root: string): string {
  return `${[root, ...path].join('.')}: ${message}`;
}

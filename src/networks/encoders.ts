import { z } from 'zod';
import { requireOneOf } from '../common/checks.js';
import { UserError } from '../common/errors.js';
import { firstIssue } from '../common/first-issue.js';
import type { ParameterScope } from '../nn/index.js';
import type { Encoder, EncoderRecord, NodeKinds } from './encoder.js';
import { lofnet } from './lofnet.js';

/** The encoders that there are. To add one, write its record in a file of its own and list it here. */
export const encoders: readonly EncoderRecord[] = [lofnet];

/** The names of the encoders. */
export const encoderNames: readonly string[] = encoders.map(({ name }) => name);

/** The options of all encoders; those of one name are one option. */
export const encoderOptions = { ...lofnet.options };

/**
 * Makes an encoder.
 * @param scope where its parameters stand
 * @param options those that are left out have their defaults
 * @throws UserError for a name, or options, that no encoder has
 */
export function buildEncoder(scope: ParameterScope, name: string, options: object, kinds: NodeKinds): Encoder {
  const known = requireOneOf(name, encoderNames, 'model');
  const record = encoders.find((one) => one.name === known) ?? encoders[0];
  const { data, error } = z.strictObject(record.options).safeParse(options);
  if (error) throw new UserError(firstIssue(error, 'model'), { code: 'config' });
  return record.build(scope, data, kinds);
}

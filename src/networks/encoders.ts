import { z } from 'zod';
import { requireOneOf } from '../common/checks.js';
import { UserError } from '../common/errors.js';
import { firstIssue } from '../common/first-issue.js';
import type { ParameterScope } from '../nn/index.js';
import type { Encoder, EncoderRecord, NodeKinds } from './encoder.js';
import { clofnet } from './local-clofnet.js';
import { lofnet } from './lofnet.js';
import { optionsOfAll, optionsOfOne } from './merged-options.js';

/** The encoders that there are. To add one, write its record in a file of its own and list it here. */
const list = [lofnet, clofnet] as const;
export const encoders: readonly EncoderRecord[] = list;

/** The names of the encoders. */
export const encoderNames: readonly string[] = encoders.map(({ name }) => name);

/** The options of all encoders; those of one name are one option. */
export const encoderOptions = optionsOfAll(list);

/**
 * What a configuration file says of an encoder, without the options that it does not have.
 * @throws UserError that names an option which is set and which it does not have
 */
export const ownEncoderOptions = (name: string, given: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  optionsOfOne(encoders, name, given);

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

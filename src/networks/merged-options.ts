import type { z } from 'zod';
import { UserError } from '../common/errors.js';

/** A kind of network with its options. */
interface WithOptions {
  readonly name: string;
  readonly options: Readonly<Record<string, z.ZodDefault>>;
}

type OptionName<B extends WithOptions> = B extends WithOptions ? keyof B['options'] : never;
type OptionField<B extends WithOptions, Name extends PropertyKey> = B extends {
  readonly options: { readonly [_ in Name]: infer Field extends z.ZodDefault };
}
  ? Field
  : never;

/** The options of all networks of a list together. */
export type OptionsOfAll<B extends WithOptions> = { readonly [Name in OptionName<B>]: OptionField<B, Name> };

/**
 * The options of all networks of a list; those of one name are one option.
 * @throws RangeError where two of one name differ
 */
export function optionsOfAll<B extends WithOptions>(list: readonly B[]): OptionsOfAll<B> {
  for (const { name, options } of list) {
    for (const [key, field] of Object.entries(options)) {
      const other = list.find((one) => key in one.options && one.options[key] !== field);
      if (other) throw new RangeError(`${name} has another option ${key} than ${other.name}`);
    }
  }
  return Object.assign({}, ...list.map(({ options }) => options));
}

/**
 * What is given of the options of all networks of a list, without those that one of them does not have.
 * @param model the name of that one
 * @throws UserError that names an option which is set and which it does not have
 */
export function optionsOfOne(
  list: readonly WithOptions[],
  model: string,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const all: WithOptions['options'] = optionsOfAll(list);
  const own = list.find(({ name }) => name === model)?.options ?? {};
  for (const [key, value] of Object.entries(given)) {
    if (key in own || JSON.stringify(value) === JSON.stringify(all[key]?.parse(undefined))) continue;
    const owners = list.filter((one) => key in one.options).map((one) => one.name);
    throw new UserError(`is an option of ${owners.join(', ')}, not of ${model}`, {
      about: `model.${key}`,
      remedy: { setting: `model.${key}`, action: 'omit' },
    });
  }
  return Object.fromEntries(Object.entries(given).filter(([key]) => key in own));
}

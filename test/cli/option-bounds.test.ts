import { describe, expect, it } from 'vitest';
import type { OptionSpec } from '../../src/cli/command.js';
import { trainSpec } from '../../src/cli/newton/train-spec.js';
import { valueParser } from '../../src/cli/values.js';
import { merged } from '../../src/common/merge.js';
import { newtonConfigSchema } from '../../src/newton/training/config.js';

const numeric = Object.entries<OptionSpec>(trainSpec.options).flatMap(([name, spec]) =>
  (spec.type === 'number' || spec.type === 'integer') && spec.sets?.includes('.')
    ? [{ name, spec, sets: spec.sets }]
    : [],
);

/** The number that an option makes of a text, if it takes it. */
function takenFrom(spec: (typeof numeric)[number]['spec'], text: string): unknown {
  try {
    return valueParser(spec)(text);
  } catch {
    return undefined;
  }
}

// A number that cannot be is refused at the option, and not, in other words, as a part of the configuration.
describe('an option of newton train', () => {
  it('is a number in many cases', () => expect(numeric.length).toBeGreaterThan(15));

  it.each(numeric)('takes for $name no number near 0 that the configuration refuses', ({ spec, sets }) => {
    for (const text of ['-1', '0', '1']) {
      const value = takenFrom(spec, text);
      if (value === undefined) continue;
      const change = sets.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
      const { error } = newtonConfigSchema.safeParse(merged({}, Object(change)));
      const objections = error?.issues.filter(({ path }) => path.join('.') === sets) ?? [];
      expect(objections, `${sets} = ${text}`).toEqual([]);
    }
  });
});

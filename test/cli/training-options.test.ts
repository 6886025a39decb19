import { describe, expect, it } from 'vitest';
import { conformersTrainSpec } from '../../src/cli/conformers/train-spec.js';
import { fitTrainSpec } from '../../src/cli/fit/train-spec.js';
import { trainSpec } from '../../src/cli/newton/train-spec.js';
import { trainingOptions } from '../../src/cli/training-options.js';
import { conformerConfigSchema } from '../../src/conformers/training/denoiser-trainee.js';
import { scoreConfigSchema } from '../../src/conformers/training/score-trainee.js';
import { fitConfigSchema } from '../../src/fit/training/config.js';
import { recipeConfig } from '../../src/newton/training/recipes.js';
import type { TrainingConfig } from '../../src/training/config.js';

const words = { epochs: '', batch: '', rate: '', warmUp: '', schedule: '', clip: '', average: '' };
const NAMES = Object.keys(words) as (keyof typeof words)[];

/** What `--help` says that an option is by default. */
const said = (options: Readonly<Record<string, { readonly summary: string }>>, name: string): string =>
  /\(default: ([^)]+)\)/.exec(options[name].summary)?.[1] ?? '';

const inWords = ({ epochs, batch, rate, warmUp, schedule, optimizer }: TrainingConfig): typeof words => ({
  ...{ epochs: `${epochs}`, batch: `${batch}`, rate: `${rate}`, warmUp: `${warmUp}`, schedule: schedule.kind },
  ...{ clip: `${optimizer.clipNorm ?? 'none'}`, average: `${optimizer.averageDecay}` },
});

describe('options of training', () => {
  it.each(NAMES)('say what --%s is by default, in every task', (name) => {
    expect(said(fitTrainSpec.options, name)).toBe(inWords(fitConfigSchema.parse({}).training)[name]);
    const denoiser = inWords(conformerConfigSchema.parse({}).training)[name];
    const score = inWords(scoreConfigSchema.parse({}).training)[name];
    const both = denoiser === score ? denoiser : `${denoiser}; of the score network ${score}`;
    expect(said(conformersTrainSpec.options, name)).toBe(both);
    const es5 = inWords(recipeConfig('es5').training)[name];
    expect(said(trainSpec.options, name)).toBe(`that of the recipe; of es5 ${es5}`);
  });

  it('all say it', () => {
    for (const [name, { summary }] of Object.entries(trainingOptions('examples', words)))
      expect(summary, name).toContain('(default: ');
  });
});

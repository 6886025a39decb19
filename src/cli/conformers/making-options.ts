import { theoryLevels } from '../../conformers/dataset/ensemble.js';
import {
  type SamplerOptionName,
  samplerNames,
  samplingMethods,
  startNames,
} from '../../conformers/sampling/methods.js';
import type { ByStart, SamplerOption } from '../../conformers/sampling/sampler.js';

const { samplers, starts } = samplingMethods;
const [usual] = samplers;

const byStart = ({ shapes, noise }: ByStart): string => `${shapes} from shapes, ${noise} from noise`;
const described = (methods: readonly { readonly name: string; readonly title: string }[]): string =>
  methods.map(({ name, title }) => `${name}: ${title}`).join('; ');

/** The options that one sampler has and others do not. */
const ownOptions = Object.fromEntries(
  samplers.flatMap(({ options }) =>
    Object.entries<SamplerOption>(options).map(([name, { summary, min, default: value }]) => [
      name,
      { type: 'number', min, summary: `${summary} (default: ${byStart(value)})` },
    ]),
  ),
) as Record<SamplerOptionName, { readonly type: 'number'; readonly min: number; readonly summary: string }>;

/** The options of how conformers are made, of all commands that make some. */
export const makingOptions = {
  sampler: {
    type: 'choice',
    choices: samplerNames,
    default: usual.name,
    summary: described(samplers),
  },
  start: {
    type: 'choice',
    choices: startNames,
    summary: `${described(starts)} (default: ${samplers.map(({ name, start }) => `${start} for ${name}`).join(', ')})`,
  },
  steps: { type: 'integer', min: 1, summary: `noise levels (default: ${byStart(usual.steps)} by ${usual.name})` },
  sigma: {
    type: 'number',
    min: 0,
    summary: `highest noise level in Å (default: ${starts.map(({ name, sigma }) => `${sigma} from ${name}`).join(', ')})`,
  },
  ...ownOptions,
  level: {
    type: 'choice',
    choices: theoryLevels,
    summary:
      'level of theory whose shapes are wanted, one that the weights have learned: mmff94s or gfn2 with those that ' +
      'come with clofnet (default: gfn2 if they have)',
  },
  relax: { type: 'choice', choices: ['mmff94s'], summary: 'move each conformer to a minimum of this force field' },
  surplus: {
    type: 'integer',
    min: 1,
    summary: 'relaxed conformers to draw for each one written; often-found minima are chosen (default: 1)',
  },
  window: {
    type: 'number',
    min: 0,
    summary: 'leave out relaxed conformers that are further above the lowest, kcal/mol (default: none)',
  },
} as const;

import { theoryLevels } from '../../conformers/dataset/ensemble.js';
import { type SamplerOptionName, type SamplingMethods, samplingMethods } from '../../conformers/sampling/methods.js';
import type { ByStart } from '../../conformers/sampling/sampler.js';

const byStart = ({ shapes, noise }: ByStart): string => `${shapes} from shapes, ${noise} from noise`;

const described = (methods: readonly { readonly name: string; readonly title: string }[]): string =>
  methods.map(({ name, title }) => `${name}: ${title}`).join('; ');

/** `shapes for flow, noise for langevin and predictor-corrector` */
function usualStarts({ samplers, starts }: SamplingMethods): string {
  const users = (start: string): string[] => samplers.filter((one) => one.start === start).map(({ name }) => name);
  const used = starts.filter(({ name }) => users(name).length > 0);
  return used.map(({ name }) => `${name} for ${users(name).join(' and ')}`).join(', ');
}

/** The options that one sampler has and others do not. */
function ownOptions({ samplers }: SamplingMethods) {
  const options = samplers.flatMap((sampler) => Object.entries(sampler.options));
  const specs = options.map(([name, { summary, min, default: value }]) => {
    return [name, { type: 'number', min, summary: `${summary} (default: ${byStart(value)})` }] as const;
  });
  // The names of the samplers that come with clofnet, from which commands infer the types of arguments.
  return Object.fromEntries(specs) as Record<SamplerOptionName, (typeof specs)[number][1]>;
}

/** The options that choose among ways to sample. */
export function samplingOptions(methods: SamplingMethods) {
  const { samplers, starts } = methods;
  const [{ name, steps }] = samplers;
  const levels = starts.map((start) => `${start.sigma} from ${start.name}`).join(', ');
  return {
    sampler: {
      type: 'choice',
      choices: samplers.map((sampler) => sampler.name),
      default: name,
      summary: described(samplers),
    },
    start: {
      type: 'choice',
      choices: starts.map((start) => start.name),
      summary: `${described(starts)} (default: ${usualStarts(methods)})`,
    },
    steps: { type: 'integer', min: 1, summary: `noise levels (default: ${byStart(steps)} by ${name})` },
    sigma: { type: 'number', above: 0, summary: `highest noise level in Å (default: ${levels})` },
    ...ownOptions(methods),
  } as const;
}

/** The options of how conformers are made, of all commands that make some. */
export const makingOptions = {
  ...samplingOptions(samplingMethods),
  level: {
    type: 'choice',
    choices: theoryLevels,
    summary:
      'level of theory to generate at; must be known to the weights (shipped weights: mmff94s, gfn2; default: gfn2 if ' +
      'known)',
  },
  relax: { type: 'choice', choices: ['mmff94s'], summary: 'move each conformer to a minimum of this force field' },
  oversample: {
    type: 'integer',
    formerly: 'surplus',
    min: 1,
    summary: 'relaxed conformers to generate per conformer written; frequently found minima are kept (default: 1)',
  },
  window: {
    type: 'number',
    above: 0,
    summary: 'omit relaxed conformers further above the lowest than this, kcal/mol (default: none)',
  },
} as const;

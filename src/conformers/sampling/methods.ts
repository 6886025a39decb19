import { requireOneOf } from '../../common/checks.js';
import { noiseAlone } from '../starts/noise-alone.js';
import { ruleMadeShapes } from '../starts/rule-made-shapes.js';
import type { Start } from '../starts/start.js';
import { langevinSampler } from './langevin.js';
import { predictorCorrectorSampler } from './predictor-corrector.js';
import { flowSampler } from './probability-flow.js';
import type { Sampler } from './sampler.js';

/** The samplers, and what they may start from: the first ones are used unless others are requested. */
export interface SamplingMethods {
  readonly samplers: readonly Sampler[];
  readonly starts: readonly Start[];
}

const samplers = [flowSampler, langevinSampler, predictorCorrectorSampler] as const satisfies readonly Sampler[];
const starts = [ruleMadeShapes, noiseAlone] as const satisfies readonly Start[];

/** All that come with clofnet. */
export const samplingMethods: SamplingMethods = { samplers, starts };

/** The name of a start that comes with clofnet. */
export type StartName = (typeof starts)[number]['name'];

type OwnOptions<S extends Sampler> = S extends Sampler ? keyof S['options'] : never;

/** The options that belong to one sampler each. */
export type SamplerOptionName = OwnOptions<(typeof samplers)[number]> & string;

const named = <Method extends { readonly name: string }>(
  methods: readonly Method[],
  name: string,
  what: string,
): Method => {
  const names = methods.map((method) => method.name);
  return methods[names.indexOf(requireOneOf(name, names, what))];
};

/** @throws UserError that lists the samplers, where none has this name */
export const samplerNamed = (name: string, { samplers }: SamplingMethods = samplingMethods): Sampler =>
  named(samplers, name, 'the sampler');

/** @throws UserError that lists the starts, where none has this name */
export const startNamed = (name: string, { starts }: SamplingMethods = samplingMethods): Start =>
  named(starts, name, 'the start');

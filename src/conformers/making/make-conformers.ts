import { requireOneOf, requirePositive, requirePositiveInteger } from '../../common/checks.js';
import { UserError } from '../../common/errors.js';
import type { Remedy } from '../../common/remedy.js';
import { Turns } from '../../common/turns.js';
import type { Finding } from '../../molecules/checks/finding.js';
import { repairMirror } from '../../molecules/checks/stereo-checks.js';
import { relaxMmff94s } from '../../molecules/force-field/force-field.js';
import type { Molecule } from '../../molecules/molecule.js';
import type { Rng } from '../../random/generator.js';
import type { OpenDenoiser } from '../networks/denoiser-run.js';
import { type IsomerChoice, isomerChoices } from '../sampling/choices.js';
import { type BatchOptions, type Sampled, type SamplingJob, sampleBatch } from '../sampling/sample-batch.js';
import type { PathFrame } from '../sampling/sampling-path.js';
import { planForDraw, type SamplingPlan, samplingPlan } from '../sampling/sampling-plan.js';
import { isomerFor } from './choose-isomer.js';
import { conformerFindings } from './conformer-findings.js';
import { EnergyWindow } from './energy-window.js';
import { hasOneShape, startShape } from './start-shape.js';

/** One conformer that is asked for. */
export interface ConformerRequest {
  /** What it leaves open is set anew each time that the conformer is drawn. */
  readonly molecule: Molecule;
  readonly rng: Rng;
  /** Whether the way to the conformer is kept. */
  readonly trace?: boolean;
}

/** One conformer that passed all checks. */
export interface MadeConformer {
  /** The isomer that it is: nothing is open. */
  readonly molecule: Molecule;
  /** Positions in ångström, [atoms · 3]. */
  readonly coordinates: Float32Array;
  /** How often it was drawn. */
  readonly draws: number;
  /** Whether it had come out as its own mirror image, and was mirrored. */
  readonly mirrored: boolean;
  /** What relaxation has done, in kcal/mol, or why there was none; absent where none was asked for. */
  readonly relaxed?: { readonly energy: number } | { readonly unsupported: string };
  /** The way there from the start of sampling, where it was asked for; relaxation is not part of it. */
  readonly path?: readonly PathFrame[];
}

/** A conformer that came out wrong each time it was drawn. */
export interface FailedConformer {
  /** What was wrong the last time. */
  readonly reason: string;
  /** The same in detail; empty where there was no shape to start from. */
  readonly findings: readonly Finding[];
  readonly draws: number;
}

/** How conformers are made: plain data. */
export interface MakingSettings {
  readonly plan: SamplingPlan;
  /** How often a conformer is drawn at most. */
  readonly maxDraws: number;
  /** The force field by which conformers are relaxed before the last checks. */
  readonly relax: 'mmff94s' | undefined;
  /**
   * Relaxed conformers further above the lowest of their isomer, in kcal/mol, are not chosen from a surplus; without
   * one, those that are so in a batch are drawn again.
   */
  readonly window: number | undefined;
  /** How many relaxed conformers are drawn for each that is asked for; see `chooseConformers`. */
  readonly surplus: number;
  /** What becomes of centres and double bonds that the input leaves open. */
  readonly isomers: IsomerChoice;
}

/** What may be said of how conformers are made; the rest has defaults. */
export type MakingOptions = Partial<SamplingPlan> & Partial<Omit<MakingSettings, 'plan'>>;

const relaxing: Remedy = { setting: 'relax', value: 'mmff94s', purpose: 'too' };

/** The settings with defaults filled in. @throws UserError for what makes no sense */
export function makingSettings(options: MakingOptions): MakingSettings {
  const { maxDraws = 8, relax, window, surplus = 1, isomers = 'sample', ...plan } = options;
  if (relax !== undefined) requireOneOf(relax, ['mmff94s'], 'relax');
  if (window !== undefined && relax === undefined)
    throw new UserError('a window is of energies, which only relaxed conformers have', { remedy: relaxing });
  if (surplus !== 1 && relax === undefined)
    throw new UserError('a surplus is to choose minima from, which only relaxed conformers are', { remedy: relaxing });
  return {
    plan: samplingPlan(plan),
    maxDraws: requirePositiveInteger(maxDraws, 'maxDraws'),
    relax,
    window: window === undefined ? undefined : requirePositive(window, 'window'),
    surplus: requirePositiveInteger(surplus, 'surplus'),
    isomers: requireOneOf(isomers, isomerChoices, 'isomers'),
  };
}

export const isMade = (result: MadeConformer | FailedConformer | undefined): result is MadeConformer =>
  result !== undefined && 'coordinates' in result;

/**
 * Samples conformers, checks the stereo, bonds and clashes of each, and draws those anew that are wrong. Molecules of
 * one shape get it without the network.
 * @returns what became of each request, in order
 */
export async function makeConformers(
  denoiser: OpenDenoiser,
  requests: readonly ConformerRequest[],
  settings: MakingSettings,
  options: BatchOptions = {},
): Promise<(MadeConformer | FailedConformer)[]> {
  const results: (MadeConformer | FailedConformer)[] = requests.map(() => ({ ...NO_SHAPE, draws: 0 }));
  const turns = new Turns();
  // From a surplus it is chosen later, among all conformers of a molecule.
  const width = settings.surplus === 1 ? settings.window : undefined;
  const window = new EnergyWindow(width ?? Number.POSITIVE_INFINITY);
  for (let draws = 1; draws <= settings.maxDraws; draws++) {
    const open = [...requests.keys()].filter((k) => !isMade(results[k]));
    const jobs = new Map<number, SamplingJob>();
    for (const k of open) {
      const job = jobFor(requests[k], draws, settings);
      if (!job) results[k] = { ...NO_SHAPE, draws };
      else if (hasOneShape(job.molecule)) results[k] = judged(job.molecule, unsampled(job), draws, settings);
      else jobs.set(k, job);
      await turns.pause(options.signal);
    }
    if (jobs.size === 0) continue;
    const sampled = await sampleBatch(denoiser, [...jobs.values()], planForDraw(settings.plan, draws), options);
    for (const [at, [k, { molecule }]] of [...jobs].entries()) {
      results[k] = judged(molecule, sampled[at], draws, settings);
      await turns.pause(options.signal);
    }
    window.reject(results);
  }
  return window.fill(results);
}

const NO_SHAPE = { reason: 'no shape of the right isomer was found to start from', findings: [] };

/** Everything about a draw is decided by the request's random numbers and the draw's number. */
function jobFor(
  { molecule: given, rng, trace }: ConformerRequest,
  draws: number,
  { plan, isomers }: MakingSettings,
): SamplingJob | undefined {
  const own = rng.fork(draws);
  const molecule = isomerFor(given, isomers, own.fork('isomer'));
  if (plan.start === 'noise' && !hasOneShape(molecule)) return { molecule, rng: own, trace };
  const start = startShape(molecule, own.fork('start'));
  return start && { molecule, rng: own, start, trace };
}

/** The shape that a job starts from, as if it were sampled. */
function unsampled({ start: coordinates = new Float32Array(), trace }: SamplingJob): Sampled {
  return { coordinates, ...(trace && { path: [{ call: 0, sigma: 0, coordinates }] }) };
}

/** Mirrors what is the mirror image, relaxes where that is asked for, and checks. */
function judged(
  molecule: Molecule,
  { coordinates: sampled, path }: Sampled,
  draws: number,
  { relax }: MakingSettings,
): MadeConformer | FailedConformer {
  const mirror = repairMirror(molecule, sampled);
  const shape = mirror ?? sampled;
  const wrong = conformerFindings(molecule, shape);
  // Relaxation may mend a length or a clash, never the stereo.
  if (wrong.stereo.length > 0 || !relax) {
    const findings = [...wrong.stereo, ...wrong.geometry];
    if (findings.length > 0) return failed(findings, draws);
  }
  const relaxed = relax && relaxMmff94s(molecule, shape);
  const coordinates = relaxed && 'coordinates' in relaxed ? relaxed.coordinates : shape;
  if (relaxed) {
    const { stereo, geometry } = conformerFindings(molecule, coordinates);
    if (stereo.length + geometry.length > 0) return failed([...stereo, ...geometry], draws);
  }
  return {
    molecule,
    coordinates,
    draws,
    mirrored: mirror !== undefined,
    ...(relaxed && { relaxed: outcome(relaxed) }),
    ...(path && { path: mirror ? path.map(mirroredFrame) : path }),
  };
}

function failed(findings: readonly Finding[], draws: number): FailedConformer {
  const others = findings.length === 1 ? '' : ` (and ${findings.length - 1} more)`;
  return { reason: `${findings[0].text}${others}`, findings, draws };
}

const outcome = (relaxed: ReturnType<typeof relaxMmff94s>): MadeConformer['relaxed'] =>
  'unsupported' in relaxed ? { unsupported: relaxed.unsupported } : { energy: relaxed.energy };

/** As {@link repairMirror} mirrors: x changes its sign. */
const mirroredFrame = ({ coordinates, ...frame }: PathFrame): PathFrame => ({
  ...frame,
  coordinates: coordinates.map((value, k) => (k % 3 === 0 ? -value : value)),
});

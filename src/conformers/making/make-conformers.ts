import { Turns } from '../../common/turns.js';
import type { Finding } from '../../molecules/checks/finding.js';
import { repairMirror } from '../../molecules/checks/stereo-checks.js';
import { relaxMmff94s } from '../../molecules/force-field/force-field.js';
import type { Molecule } from '../../molecules/molecule.js';
import type { Rng } from '../../random/generator.js';
import type { OpenDenoiser } from '../networks/denoiser-run.js';
import { startNamed } from '../sampling/methods.js';
import { type BatchOptions, type Sampled, type SamplingJob, sampleBatch } from '../sampling/sample-batch.js';
import type { PathPoint } from '../sampling/sampling-path.js';
import { planForAttempt } from '../sampling/sampling-plan.js';
import type { Start } from '../starts/start.js';
import { hasOneShape, startShape } from '../starts/start-shape.js';
import { isomerFor } from './choose-isomer.js';
import { conformerFindings } from './conformer-findings.js';
import { EnergyWindow } from './energy-window.js';
import { type FailedConformer, isMade, type MadeConformer, type MakingResult } from './made-conformer.js';
import type { MakingSettings } from './making-settings.js';

/** One requested conformer. */
export interface ConformerRequest {
  /** What it leaves open is set again in each attempt. */
  readonly molecule: Molecule;
  readonly rng: Rng;
  /** Whether the trajectory to the conformer is kept. */
  readonly trace?: boolean;
}

/**
 * Samples conformers, checks the stereo, bonds and clashes of each, and resamples those that are wrong. Molecules of
 * one shape get it without the network.
 * @returns what became of each request, in order
 */
export async function makeConformers(
  denoiser: OpenDenoiser,
  requests: readonly ConformerRequest[],
  settings: MakingSettings,
  options: BatchOptions = {},
): Promise<MakingResult[]> {
  const results: MakingResult[] = requests.map(() => ({ ...NO_SHAPE, attempts: 0 }));
  const start = startNamed(settings.plan.start, options.methods);
  const turns = new Turns();
  // With oversampling, conformers are chosen later, among all of a molecule.
  const width = settings.oversample === 1 ? settings.window : undefined;
  const window = new EnergyWindow(width ?? Number.POSITIVE_INFINITY);
  for (let attempts = 1; attempts <= settings.maxAttempts; attempts++) {
    const open = [...requests.keys()].filter((k) => !isMade(results[k]));
    const jobs = new Map<number, SamplingJob>();
    for (const k of open) {
      const job = await jobFor(requests[k], attempts, settings, start);
      if (!job) results[k] = { ...NO_SHAPE, attempts };
      else if (hasOneShape(job.molecule)) results[k] = judged(job.molecule, unsampled(job), attempts, settings);
      else jobs.set(k, job);
      await turns.pause(options.signal);
    }
    if (jobs.size === 0) continue;
    const sampled = await sampleBatch(
      denoiser,
      [...jobs.values()],
      planForAttempt(settings.plan, attempts, options.methods),
      options,
    );
    for (const [at, [k, { molecule }]] of [...jobs].entries()) {
      results[k] = judged(molecule, sampled[at], attempts, settings);
      await turns.pause(options.signal);
    }
    window.reject(results);
  }
  return window.fill(results);
}

const NO_SHAPE = { reason: 'no shape of the right isomer was found to start from', findings: [] };

/** Everything about an attempt is decided by the request's random numbers and the attempt's number. */
async function jobFor(
  { molecule: given, rng, trace }: ConformerRequest,
  attempts: number,
  { isomers }: MakingSettings,
  { shape }: Start,
): Promise<SamplingJob | undefined> {
  const own = rng.fork(attempts);
  const molecule = isomerFor(given, isomers, own.fork('isomer'));
  const shapeOf = hasOneShape(molecule) ? startShape : shape;
  if (!shapeOf) return { molecule, rng: own, trace };
  const start = await shapeOf(molecule, own.fork('start'), startShape);
  return start && { molecule, rng: own, start, trace };
}

/** The shape that a job starts from, as if it were sampled. */
function unsampled({ start: coordinates = new Float32Array(), trace }: SamplingJob): Sampled {
  return { coordinates, ...(trace && { path: [{ call: 0, sigma: 0, coordinates }] }) };
}

/** Mirrors what is the mirror image, relaxes where requested, and checks. */
function judged(
  molecule: Molecule,
  { coordinates: sampled, path }: Sampled,
  attempts: number,
  { relax }: MakingSettings,
): MakingResult {
  const mirror = repairMirror(molecule, sampled);
  const shape = mirror ?? sampled;
  const wrong = conformerFindings(molecule, shape);
  // Relaxation may mend a length or a clash, never the stereo.
  if (wrong.stereo.length > 0 || !relax) {
    const findings = [...wrong.stereo, ...wrong.geometry];
    if (findings.length > 0) return failed(findings, attempts);
  }
  const relaxed = relax && relaxMmff94s(molecule, shape);
  const coordinates = relaxed && 'coordinates' in relaxed ? relaxed.coordinates : shape;
  if (relaxed) {
    const { stereo, geometry } = conformerFindings(molecule, coordinates);
    if (stereo.length + geometry.length > 0) return failed([...stereo, ...geometry], attempts);
  }
  return {
    molecule,
    coordinates,
    attempts,
    mirrored: mirror !== undefined,
    ...(relaxed && { relaxed: outcome(relaxed) }),
    ...(path && { path: mirror ? path.map(mirroredPoint) : path }),
  };
}

function failed(findings: readonly Finding[], attempts: number): FailedConformer {
  const others = findings.length === 1 ? '' : ` (and ${findings.length - 1} more)`;
  return { reason: `${findings[0].text}${others}`, findings, attempts };
}

const outcome = (relaxed: ReturnType<typeof relaxMmff94s>): MadeConformer['relaxed'] =>
  'unsupported' in relaxed ? { unsupported: relaxed.unsupported } : { energy: relaxed.energy };

/** As {@link repairMirror} mirrors: x changes its sign. */
const mirroredPoint = ({ coordinates, ...point }: PathPoint): PathPoint => ({
  ...point,
  coordinates: coordinates.map((value, k) => (k % 3 === 0 ? -value : value)),
});

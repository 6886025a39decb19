import { type Ensemble, type TheoryLevel, theoryLevels } from '../dataset/ensemble.js';
import { evaluatePairs } from '../evaluation/evaluate.js';
import { matchGenerated } from '../evaluation/generated-source.js';
import type { GeneratedRecord } from '../evaluation/match-generated.js';
import { overlaysOf } from '../evaluation/report-overlays.js';
import { openConformerGenerator } from '../generation/open-generator.node.js';
import { learnedFrom } from '../networks/learned.js';
import type { FinishedConformerRun } from './finished-run.node.js';
import type { ConformerTrainingReportOptions, ReportedShapes } from './training-report-types.js';

/** Reference conformers of a molecule, the first ones, and conformers to make for each of them. */
const REFERENCES = 4;
const PER_REFERENCE = 2;
/** A network at its beginning makes few conformers that pass the checks; nobody wants to wait for them. */
const MAX_ATTEMPTS = 3;
/** The distance that counts as a match, in ångström. */
const DELTA = 0.5;

/** Makes conformers of validation molecules by the weights of a run and lays them on their references. */
export async function trainedShapes(
  { weightFile, description }: FinishedConformerRun,
  valid: readonly Ensemble[],
  { molecules = 6, seed = 1, workers, signal }: ConformerTrainingReportOptions,
): Promise<{ readonly shapes: ReportedShapes | null; readonly note: readonly string[] }> {
  const learned = learnedFrom(description.origin ?? {})?.levels ?? theoryLevels;
  const level = commonLevel(valid.filter((ensemble) => learned.includes(ensemble.level)));
  const references = evenly(
    valid.filter((ensemble) => ensemble.level === level && hasShape(ensemble)),
    molecules,
  ).map((ensemble) => ({ ...ensemble, conformers: ensemble.conformers.slice(0, REFERENCES) }));
  if (references.length === 0) return { shapes: null, note: [] };
  const counts = references.map(({ conformers }) => PER_REFERENCE * conformers.length);
  const requested = counts.reduce((a, b) => a + b, 0);
  const records: GeneratedRecord[] = [];
  const generator = await openConformerGenerator({ weights: weightFile, workers });
  try {
    const count = (_: unknown, index: number): number => counts[index];
    const all = references.map(({ molecule }) => molecule);
    for await (const item of generator.generate(all, { count, seed, level, maxAttempts: MAX_ATTEMPTS, signal })) {
      if (item.kind === 'conformer') records.push({ molecule: item.molecule, positions: item.coordinates, cost: {} });
    }
  } finally {
    await generator.close();
  }
  if (records.length === 0) {
    const of = `${requested} conformers of ${references.length} validation molecules`;
    return { shapes: null, note: [`None of ${of} passed the checks: the network has not learned enough yet.`] };
  }
  const { pairs } = await matchGenerated(references, { name: weightFile, records: each(records) }, { signal });
  const evaluation = await evaluatePairs(pairs, { thresholds: [DELTA], signal });
  const overlays = overlaysOf(evaluation, pairs, molecules);
  return { shapes: { requested, made: records.length, level, evaluation, overlays }, note: [] };
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** Two atoms besides hydrogens have a distance at most, no shape. */
const hasShape = ({ molecule }: Ensemble): boolean =>
  molecule.atomicNumbers.reduce((sum, element) => sum + Number(element !== 1), 0) > 3;

/** GFN2-xTB where there are such ensembles, as in making conformers; else the level that most are of. */
function commonLevel(ensembles: readonly Ensemble[]): TheoryLevel {
  const count = (level: TheoryLevel): number => ensembles.filter((ensemble) => ensemble.level === level).length;
  return count('gfn2') > 0 ? 'gfn2' : [...theoryLevels].sort((a, b) => count(b) - count(a))[0];
}

/** So many items at even steps. */
export function evenly<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, k) => items[Math.floor((k * items.length) / count)]);
}

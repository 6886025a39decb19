import { mean, median } from '../../common/statistics.js';

/** How near the conformers of either set come to the other set. */
export interface NearestConformers {
  /** Of each reference, the smallest RMSD to a generated conformer that counts, Å. */
  readonly ofReferences: Float64Array;
  /** Of each generated conformer, the smallest RMSD to a reference, Å. */
  readonly ofGenerated: Float64Array;
  /** The generated conformer that comes nearest to each reference. */
  readonly bestGenerated: Int32Array;
  /** 1 for each generated conformer that covers nothing, whatever its RMSD: a wrong isomer. */
  readonly wrong: Uint8Array;
}

/** One way of matching two sets of conformers. */
export interface MatchScores {
  /** COV: the share of conformers with one of the other set within each threshold, from 0 to 1. */
  readonly cov: readonly number[];
  /** AMR, in older papers MAT: the mean over conformers of the smallest RMSD to the other set, Å. */
  readonly amr: number;
}

/** How well generated conformers of a molecule match its references. */
export interface CoverageScores {
  /** Of the references. */
  readonly recall: MatchScores;
  /** Of the generated conformers. */
  readonly precision: MatchScores;
}

/**
 * The conformers that are nearest to each other.
 * @param rmsds [references, generated] in Å, row by row
 * @param wrong the generated conformers that are of a wrong isomer; they are nearest to no reference
 * @throws RangeError for a matrix of another size, for empty sets, for distances that are no numbers of 0 or more, and
 * where every generated conformer is wrong
 */
export function nearestConformers(
  rmsds: Float64Array,
  [references, generated]: readonly [number, number],
  wrong: Uint8Array = new Uint8Array(generated),
): NearestConformers {
  checkMatrix(rmsds, references, generated);
  if (wrong.length !== generated) throw new RangeError(`${wrong.length} marks for ${generated} generated conformers`);
  if (!wrong.includes(0)) throw new RangeError('every generated conformer is of a wrong isomer');
  const ofReferences = new Float64Array(references).fill(Number.POSITIVE_INFINITY);
  const ofGenerated = new Float64Array(generated).fill(Number.POSITIVE_INFINITY);
  const bestGenerated = new Int32Array(references);
  for (let i = 0; i < references; i++) {
    for (let j = 0; j < generated; j++) {
      const distance = rmsds[i * generated + j];
      if (distance < ofGenerated[j]) ofGenerated[j] = distance;
      if (wrong[j] || distance >= ofReferences[i]) continue;
      ofReferences[i] = distance;
      bestGenerated[i] = j;
    }
  }
  return { ofReferences, ofGenerated, bestGenerated, wrong };
}

function checkMatrix(rmsds: Float64Array, references: number, generated: number): void {
  if (references < 1 || generated < 1 || rmsds.length !== references * generated) {
    throw new RangeError(
      `${rmsds.length} distances are no matrix of ${references} references × ${generated} generated`,
    );
  }
  const bad = rmsds.findIndex((distance) => !(distance >= 0));
  if (bad >= 0) {
    const place = `reference ${Math.floor(bad / generated)} and generated conformer ${bad % generated}`;
    throw new RangeError(`the RMSD between ${place} is ${rmsds[bad]}`);
  }
}

/**
 * COV and AMR of a molecule, both ways (Xu et al. 2021; Ganea et al. 2021). A conformer is covered by another one at a
 * distance of at most the threshold.
 * @param thresholds δ in Å
 */
export function coverageScores(
  { ofReferences, ofGenerated, wrong }: NearestConformers,
  thresholds: readonly number[],
): CoverageScores {
  const covering = ofGenerated.map((distance, j) => (wrong[j] ? Number.POSITIVE_INFINITY : distance));
  return {
    recall: { cov: thresholds.map((delta) => shareWithin(ofReferences, delta)), amr: mean(ofReferences) },
    precision: { cov: thresholds.map((delta) => shareWithin(covering, delta)), amr: mean(ofGenerated) },
  };
}

function shareWithin(distances: Float64Array, delta: number): number {
  let covered = 0;
  for (const distance of distances) if (distance <= delta) covered++;
  return covered / distances.length;
}

/** A figure over molecules. */
export interface Average {
  readonly mean: number;
  readonly median: number;
}

/** {@link CoverageScores} over molecules, each of which counts the same. */
export interface CoverageSummary {
  readonly recall: { readonly cov: readonly Average[]; readonly amr: Average };
  readonly precision: { readonly cov: readonly Average[]; readonly amr: Average };
}

/** Means and medians over molecules, all scored with the same thresholds; NaN of no molecules. */
export function summarizeCoverage(scores: readonly CoverageScores[], thresholds: readonly number[]): CoverageSummary {
  const summary = (way: 'recall' | 'precision') => ({
    cov: thresholds.map((_, k) => average(scores.map((score) => score[way].cov[k]))),
    amr: average(scores.map((score) => score[way].amr)),
  });
  return { recall: summary('recall'), precision: summary('precision') };
}

/** Mean and median. */
export const average = (values: readonly number[]): Average => ({ mean: mean(values), median: median(values) });

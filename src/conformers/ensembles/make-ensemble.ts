import { type EmbeddingPlan, embeddingPlan, embedShape } from '../../molecules/distance-geometry/distance-geometry.js';
import { relaxMmff94s } from '../../molecules/force-field/force-field.js';
import type { Molecule } from '../../molecules/molecule.js';
import { bondChange } from '../../molecules/perception/bonds-in-space.js';
import { ruleBasedConformers } from '../../molecules/shapes/rule-based.js';
import { parseSmiles } from '../../molecules/smiles/smiles.js';
import { openCentres, randomIsomer } from '../../molecules/stereo/isomers.js';
import type { Rng } from '../../random/generator.js';
import { boltzmannWeights, relativeEnergies } from '../dataset/boltzmann.js';
import type { Ensemble } from '../dataset/ensemble.js';
import { type Minimum, uniqueMinima } from './unique-minima.js';

/** How an ensemble is made. */
export interface EnsembleOptions {
  /** Shapes by distance geometry that are relaxed; default 50. */
  readonly starts?: number;
  /** Additional conformers by OpenChemLib's rules that are relaxed; default 0. */
  readonly rules?: number;
  /** Minima so much over the lowest one are left out, in kcal/mol; default 6. */
  readonly window?: number;
  /** Minima of about the same energy that lie this near to each other are one, in ångström; default 0.125. */
  readonly rmsd?: number;
  /** The most minima that are kept, those of lowest energy; default 50. */
  readonly most?: number;
}

/** Why a molecule has no ensemble. */
export interface NoEnsemble {
  readonly reason: string;
}

/** Isomers that are drawn for a molecule that leaves stereo open, until one has a shape without clashes. */
const ISOMER_DRAWS = 8;

/**
 * The MMFF94s minima of a molecule that a search finds: shapes at random, relaxed, the unique ones of low energy, with
 * their Boltzmann weights at 298.15 K. Stereo that the molecule leaves open is set at random. OpenChemLib must have its
 * tables (`registerResources`).
 *
 * @returns the ensemble, its atoms in the order of its SMILES; or why there is none
 */
export function makeEnsemble(
  molecule: Molecule,
  rng: Rng,
  { starts = 50, rules = 0, window = 6, rmsd = 0.125, most = 50 }: EnsembleOptions = {},
): Ensemble | NoEnsemble {
  const plan = planOfIsomer(molecule, rng.fork('isomer'));
  if (plan === undefined) return { reason: 'no shape with this stereo was found' };
  const shapes = Array.from({ length: starts }, (_, k) => embedShape(plan, rng.fork(k)));
  const ruled = rules > 0 ? ruleBasedConformers(plan.molecule, rules, rng.fork('rules')) : [];
  const minima: Minimum[] = [];
  let fault = 'no shape with this stereo was found';
  for (const shape of [...shapes, ...ruled]) {
    if (shape === undefined) continue;
    const relaxed = relaxMmff94s(plan.molecule, shape);
    if ('unsupported' in relaxed) fault = relaxed.unsupported;
    else if (bondChange(plan.molecule, relaxed.coordinates)) fault = 'no shape kept its bonds';
    else minima.push(relaxed);
  }
  if (minima.length === 0) return { reason: fault };
  const kept = uniqueMinima(plan.molecule, minima, { window, rmsd, most });
  const energies = kept.map(({ energy }) => energy);
  return {
    molecule: plan.molecule,
    conformers: kept.map(({ coordinates }) => coordinates),
    energies: relativeEnergies(energies),
    weights: boltzmannWeights(energies),
    level: 'mmff94s',
  };
}

/** What to draw shapes by: of the molecule, or of an isomer that exists; undefined where none of those tried does. */
function planOfIsomer(molecule: Molecule, rng: Rng): EmbeddingPlan | undefined {
  const draws = openCentres(molecule).length > 0 ? ISOMER_DRAWS : 1;
  let crushed: EmbeddingPlan | undefined;
  for (let draw = 0; draw < draws; draw++) {
    const { smiles, name } = randomIsomer(molecule, rng.fork(draw));
    const plan = embeddingPlan(parseSmiles(smiles, { name }));
    const shape = embedShape(plan, rng.fork(draw).fork('shape'));
    if (shape && plan.isSound(shape)) return plan;
    if (shape) crushed ??= plan;
  }
  return crushed;
}

import { mean } from '../../common/statistics.js';
import { geometryChecker } from '../../molecules/checks/geometry-checks.js';
import { heavyAtoms, type Molecule } from '../../molecules/molecule.js';
import { rmsdMatrix } from '../../molecules/symmetry/best-rmsd.js';
import type { Ensemble } from '../dataset/ensemble.js';
import { type CoverageScores, coverageScores, nearestConformers } from './coverage.js';
import { distanceMmd } from './distance-mmd.js';
import type { ConformerCost, EvaluationOptions, EvaluationPair, MoleculeEvaluation } from './evaluation.js';

/** Compares what was generated for a molecule with its references. */
export function evaluateMolecule(
  { reference, generated }: EvaluationPair,
  { thresholds, symmetrize = false }: EvaluationOptions,
): MoleculeEvaluation {
  const { molecule, conformers } = reference;
  const { positions, wrong, costs } = generated;
  const findings = geometryChecker(molecule);
  const about = {
    name: molecule.name,
    smiles: molecule.smiles,
    references: conformers.length,
    generated: positions.length,
    rightIsomers: wrong.filter((mark) => mark === 0).length,
    valid: positions.filter((shape) => findings(shape).length === 0).length,
    seconds: meanCost(costs, 'seconds'),
    networkCalls: meanCost(costs, 'networkCalls'),
  };
  if (about.rightIsomers === 0) {
    return { ...about, answered: false, scores: unansweredScores(reference, thresholds), nearest: null, mmd: null };
  }
  const rmsds = rmsdMatrix(molecule, conformers, positions, { symmetrizeConjugatedTerminalGroups: symmetrize });
  const nearest = nearestConformers(rmsds, [conformers.length, positions.length], wrong);
  const bonds = heavyBonds(molecule);
  const right = positions.filter((_, k) => wrong[k] === 0);
  const mmd = bonds.length > 0 ? distanceMmd(conformers, right, bonds) : null;
  return { ...about, answered: true, scores: coverageScores(nearest, thresholds), nearest, mmd };
}

/**
 * What a molecule without an answer is scored with: nothing is covered, and each reference counts as far as its heavy
 * atoms are from their middle (the radius of gyration: the RMSD to a structure with all atoms in one point). Both
 * ways alike.
 */
export function unansweredScores(reference: Ensemble, thresholds: readonly number[]): CoverageScores {
  const atoms = heavyAtoms(reference.molecule);
  const scores = {
    cov: thresholds.map(() => 0),
    amr: mean(reference.conformers.map((positions) => radiusOfGyration(positions, atoms))),
  };
  return { recall: scores, precision: scores };
}

function radiusOfGyration(positions: ArrayLike<number>, atoms: readonly number[]): number {
  const variances = [0, 1, 2].map((axis) => {
    const values = atoms.map((atom) => positions[3 * atom + axis]);
    const middle = mean(values);
    return mean(values.map((value) => (value - middle) ** 2));
  });
  return atoms.length === 0 ? 0 : Math.sqrt(variances[0] + variances[1] + variances[2]);
}

/** Bonds between atoms that are not hydrogen. */
export function heavyBonds({ atomicNumbers, bonds }: Molecule): (readonly [number, number])[] {
  return Array.from(bonds.begin, (i, k) => [i, bonds.end[k]] as const).filter((ends) =>
    ends.every((atom) => atomicNumbers[atom] !== 1),
  );
}

/** The mean over conformers; null unless all of them say. */
export function meanCost(costs: readonly ConformerCost[], name: keyof ConformerCost): number | null {
  const values = costs.flatMap((cost) => cost[name] ?? []);
  return values.length === costs.length && values.length > 0 ? mean(values) : null;
}

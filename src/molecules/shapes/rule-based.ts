import { requirePositiveInteger } from '../../common/checks.js';
import type { Rng } from '../../random/generator.js';
import { checkStereo } from '../checks/stereo-checks.js';
import { atomCount, type Molecule } from '../molecule.js';
import { ConformerGenerator, hasResources, type OclMolecule } from '../open-chem-lib.js';
import { oclFromMolecule } from '../perception/perceive.js';

/**
 * Conformers by OpenChemLib's rules: torsions as they are found in crystals, rigid parts put together. OpenChemLib must
 * have its tables (`registerResources`). The first conformer of a molecule takes about half a second of one core, in
 * which its rigid parts are folded; those after it less than a millisecond.
 *
 * @param molecule its centres set; what it leaves open comes out as OpenChemLib has it
 * @param count how many at most: there are no more than sets of torsions that the rules allow, often fewer than ten
 * @returns positions in ångström, [atoms · 3] each, in the order of the molecule's atoms; those that came out with
 * another stereo are left out
 */
export function ruleBasedConformers(molecule: Molecule, count: number, rng: Rng): Float32Array[] {
  requirePositiveInteger(count, 'the number of conformers');
  if (!hasResources()) throw new Error('OpenChemLib has no tables yet: call registerResources or loadResources first');
  const generator = new ConformerGenerator(rng.uint32());
  const found: Float32Array[] = [];
  try {
    if (!generator.initializeConformers(oclFromMolecule(molecule))) return [];
    for (let draw = 0; draw < 2 * count && found.length < count; draw++) {
      const next = generator.getNextConformerAsMolecule();
      if (next === null) break;
      const positions = positionsOf(next, atomCount(molecule));
      if (positions?.every(Number.isFinite) && checkStereo(molecule, positions).length === 0) found.push(positions);
    }
  } catch {
    // OpenChemLib fails on what it has no geometry for; what it had made until then is good.
  }
  return found;
}

/** Undefined where OpenChemLib added atoms. */
function positionsOf(ocl: OclMolecule, atoms: number): Float32Array | undefined {
  if (ocl.getAllAtoms() !== atoms) return undefined;
  const positions = new Float32Array(3 * atoms);
  for (let atom = 0; atom < atoms; atom++) {
    positions.set([ocl.getAtomX(atom), ocl.getAtomY(atom), ocl.getAtomZ(atom)], 3 * atom);
  }
  return positions;
}

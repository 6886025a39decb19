import type { ConformerSetView, ConformerView, ReadMolecule } from '../engine/molecules-types.js';

/** The energy above the lowest of the set, kcal/mol; undefined where there is none. */
export function relativeEnergy(
  { conformers, reference }: ConformerSetView,
  { energy }: ConformerView,
): number | undefined {
  const lowest = conformers[reference].energy;
  return typeof energy === 'number' && typeof lowest === 'number' ? energy - lowest : undefined;
}

/** `+1.23 kcal/mol` */
export function energyText(set: ConformerSetView, conformer: ConformerView): string {
  const energy = relativeEnergy(set, conformer);
  return energy === undefined ? 'no energy' : `+${energy.toFixed(2)} kcal/mol`;
}

/** Whether a conformer passes its checks, in a few words. */
export function verdict({ findings }: ConformerView, { stereoUnits }: ReadMolecule): string {
  if (findings.length > 0) return findings.join('; ');
  if (stereoUnits === 0) return 'no stereo in this molecule; bonds and contacts correct';
  const units = stereoUnits === 1 ? '1 centre or double bond' : `${stereoUnits} centres and double bonds`;
  return `stereo correct (${units}); bonds and contacts correct`;
}

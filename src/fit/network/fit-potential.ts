import { UserError } from '../../common/errors.js';
import { geometrySet } from '../data/geometry-builder.js';
import type { OpenedPotential, PotentialAtoms } from '../motion/potential.js';
import { requireUnits } from '../motion/units.js';
import type { NetworkTarget } from './fit-config.js';
import type { FitPredictor } from './predictor.js';

/**
 * The energy that a network predicts, with its forces, of given atoms.
 * @throws UserError for a network without energies and forces, in other units than motions know, or which sees more than
 * species and positions
 */
export function fitPotential(predictor: FitPredictor, { species, cell, periodic }: PotentialAtoms): OpenedPotential {
  const { targets, inputs, length } = predictor.config;
  const { energy, forces } = conservative(targets);
  if (inputs.length > 0)
    throw new UserError(
      `the network sees ${inputs.map(({ name }) => name).join(', ')} too, which nobody gives as atoms move`,
    );
  const units = requireUnits({ energy: energy.unit, length });
  return {
    units,
    async evaluate(positions) {
      const source = { file: 'the moving atoms' };
      const predicted = await predictor.predict(geometrySet([{ species, positions, cell, periodic, source }]));
      return { energy: predicted[energy.name][0], forces: predicted[forces.name] };
    },
    close: () => predictor.close(),
  };
}

/** The energy of a network, and its gradient. */
function conservative(targets: readonly NetworkTarget[]): Readonly<Record<'energy' | 'forces', NetworkTarget>> {
  for (const forces of targets) {
    const energy = targets.find(({ name }) => name === forces.gradientOf);
    if (energy) return { energy, forces };
  }
  const names = targets.map(({ name }) => name).join(', ');
  throw new UserError(`the network predicts ${names}, but no energy with forces that are its gradient`, {
    code: 'mismatch',
  });
}

import { input, type Tensor } from '../../tensor/index.js';
import { type BondGraphTensors, bondGraphInputs } from './bond-graph.js';

/** How many numbers describe an atom in addition to its element; see `conformers/graphs/molecular-graph.ts`. */
export const ATOM_FEATURES = 12;

/** Room for elements up to xenon. */
export const ELEMENTS = 55;

/** Molecules side by side as inputs of a program, apart from where their atoms are. */
export interface MoleculeTensors extends BondGraphTensors {
  /** What else is known of each atom, [nodes, ATOM_FEATURES]. */
  readonly atomFeatures: Tensor;
  /** At which level of theory the shapes were, or shall be, computed: int32 [graphs]. */
  readonly level: Tensor;
  /** Tetrahedral centres whose hand is known. */
  readonly centres: CentreTensors;
}

/** Stereocentres as inputs of a program. */
export interface CentreTensors {
  /** The atom in the middle, int32 [centres]. */
  readonly atom: Tensor;
  /** The four atoms that define the chirality, int32 [centres] each. */
  readonly around: readonly [Tensor, Tensor, Tensor, Tensor];
  /** The sign of the signed volume of the four, [1, centres]. */
  readonly hand: Tensor;
}

/** Declares molecules as input of a program, with the named axes `nodes`, `edges`, `graphs` and `centres`. */
export function moleculeInputs(): MoleculeTensors {
  const corner = (k: number): Tensor => input(`centre_around_${k}`, ['centres'], 'int32');
  return {
    ...bondGraphInputs(),
    atomFeatures: input('atom_features', ['nodes', ATOM_FEATURES]),
    level: input('level', ['graphs'], 'int32'),
    centres: {
      atom: input('centre_atom', ['centres'], 'int32'),
      around: [corner(0), corner(1), corner(2), corner(3)],
      hand: input('centre_hand', [1, 'centres']),
    },
  };
}

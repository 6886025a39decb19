import { extendedGraph } from '../../molecules/bond-graph/extended-graph.js';
import type { Molecule } from '../../molecules/molecule.js';
import { ATOM_FEATURES } from '../networks/molecule-tensors.js';
import { type MolecularGraph, molecularGraph } from './molecular-graph.js';

/**
 * The graph of a molecule for the published score network: bonds, and pairs of atoms two and three bonds apart, under
 * the published numbers. Of atoms it says their elements alone, and of stereo nothing.
 */
export function bondedGraph(molecule: Molecule): MolecularGraph {
  const { rows, cols, types } = extendedGraph(molecule);
  const atoms = molecule.atomicNumbers.length;
  return {
    atoms,
    atomicNumbers: Int32Array.from(molecule.atomicNumbers),
    atomFeatures: new Float32Array(ATOM_FEATURES * atoms),
    senders: rows,
    receivers: cols,
    edgeTypes: types,
    centres: new Int32Array(0),
  };
}

/** The graphs of molecules that networks take: of all pairs that matter to the denoiser, or of atoms near by bonds. */
export const graphForms = { pairs: molecularGraph, bonded: bondedGraph } as const;
export type GraphForm = keyof typeof graphForms;

import type { MoleculeBatch } from '../../../src/conformers/graphs/molecule-batch.js';
import type { OpenDenoiser } from '../../../src/conformers/networks/denoiser-run.js';
import { startShape } from '../../../src/conformers/starts/start-shape.js';
import type { Molecule } from '../../../src/molecules/molecule.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { Rng } from '../../../src/random/generator.js';

/** What a stub is asked for: the place of a molecule in its batch, and how many batches there were before. */
export interface Asked {
  readonly batch: MoleculeBatch;
  readonly place: number;
  readonly run: number;
}

/**
 * A denoiser that knows the answer: whatever the noise, it gives this shape for each molecule, and so does every
 * sampler that it is put into. It keeps the number of molecules in each batch.
 */
export function stubDenoiser(answer: (asked: Asked) => ArrayLike<number>): OpenDenoiser & { readonly runs: number[] } {
  const runs: number[] = [];
  return {
    runs,
    of(batch) {
      const run = runs.push(batch.sizes.graphs) - 1;
      const clean = Float32Array.from(
        Array.from({ length: batch.sizes.graphs }, (_, place) => Array.from(answer({ batch, place, run }))).flat(),
      );
      return async () => clean;
    },
    close: async () => undefined,
  };
}

/** A molecule and a good shape of it, the same one each time. */
export function knownShape(smiles: string): { readonly molecule: Molecule; readonly shape: Float32Array } {
  const molecule = parseSmiles(smiles);
  const shape = startShape(molecule, Rng.fromSeed(1));
  if (!shape) throw new Error(`no shape of ${smiles} was found`);
  return { molecule, shape: centred(shape) };
}

/** Positions with their mean at the origin. */
export function centred(positions: ArrayLike<number>): Float32Array {
  const mean = [0, 0, 0];
  for (let k = 0; k < positions.length; k++) mean[k % 3] += (3 * positions[k]) / positions.length;
  return Float32Array.from(positions, (x, k) => x - mean[k % 3]);
}

/** The mirror image. */
export const mirrored = (positions: ArrayLike<number>): Float32Array =>
  Float32Array.from(positions, (x, k) => (k % 3 === 0 ? -x : x));

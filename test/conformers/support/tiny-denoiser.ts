import { Denoiser } from '../../../src/conformers/networks/denoiser.js';
import { compileDenoiser } from '../../../src/conformers/networks/denoiser-run.js';
import { initialize } from '../../../src/nn/index.js';
import { Rng } from '../../../src/random/generator.js';

export const tinyConfig = { model: 'denoiser', hidden: 8, layers: 2, vectors: 2 } as const;

/** A small denoiser that has learned nothing. */
export const tinyModel = new Denoiser(tinyConfig);
export const tinyWeights = initialize(tinyModel.parameters, Rng.fromSeed(1));

export const tinyProgram = () => compileDenoiser(tinyModel, tinyWeights);

/**
 * How a network that has learned nothing still makes good conformers: it starts from rule-based shapes under so little
 * noise that it cannot do harm.
 */
export const gentle = { steps: 2, sigma: 0.03 } as const;

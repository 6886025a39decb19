import type { ConformerNetworkRecord } from './network-record.js';

/** The denoiser. */
export const denoiserRecord = {
  name: 'denoiser',
  title: 'denoiser',
  example: 'conformers',
  loss: {
    title: 'Weighted error',
    axis: 'weighted squared error',
    explanation:
      'Errors are mean squared errors of positions, weighted as in training (Karras et al. 2022): 1 is about the error of the best guess that knows nothing of a molecule but its size.',
  },
  trainee: async () => (await import('./denoiser-trainee.js')).denoiserTrainee,
  reader: async () => (await import('../networks/conformer-network.js')).readDenoiser,
} as const satisfies ConformerNetworkRecord;

import type { ConformerNetworkRecord } from './network-record.js';

/** The published score network. */
export const scoreRecord = {
  name: 'score',
  title: 'score network',
  example: 'score',
  loss: {
    title: 'Loss of score matching',
    axis: 'loss',
    explanation:
      'Errors are the losses of score matching, half the mean over atoms of |score + noise/σ|²σ²: a network that says 0 everywhere has about 1.5.',
  },
  trainee: async () => (await import('./score-trainee.js')).scoreTrainee,
  reader: async () => (await import('../networks/conformer-network.js')).readScoreNetwork,
} as const satisfies ConformerNetworkRecord;

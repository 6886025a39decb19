/** What every command that trains takes to change its configuration. @param examples what a step learns from */
export const trainingOptions = (examples: string) =>
  ({
    epochs: { type: 'integer', sets: 'training.epochs', min: 1, summary: 'passes over the training set' },
    batch: { type: 'integer', sets: 'training.batch', min: 1, summary: `${examples} in a step` },
    rate: { type: 'number', sets: 'training.rate', above: 0, summary: 'learning rate at the start' },
    warmUp: { type: 'integer', sets: 'training.warmUp', min: 0, summary: 'steps in which the rate rises' },
    schedule: {
      type: 'choice',
      sets: 'training.schedule',
      choices: ['constant', 'cosine', 'plateau'],
      summary: 'how the rate changes; parameters, and other schedules, in a configuration file',
    },
    clip: {
      type: 'number',
      sets: 'training.optimizer.clipNorm',
      above: 0,
      summary: 'scale gradients down to this length if they are longer',
    },
    average: {
      type: 'number',
      sets: 'training.optimizer.averageDecay',
      min: 0,
      below: 1,
      summary: 'decay of the moving average of the weights, such as 0.999; 0: none',
    },
    patience: {
      type: 'integer',
      sets: 'training.patience',
      min: 1,
      summary: 'stop after so many evaluations without progress',
    },
  }) as const;

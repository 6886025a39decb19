/** What a task trains with where neither its configuration nor an option says otherwise, in words. */
export interface TrainingDefaults {
  readonly epochs: string;
  readonly batch: string;
  readonly rate: string;
  readonly warmUp: string;
  readonly schedule: string;
  readonly clip: string;
  readonly average: string;
}

/**
 * What every command that trains takes to change its configuration.
 * @param examples what a step learns from
 */
export const trainingOptions = (examples: string, defaults: TrainingDefaults) =>
  ({
    epochs: {
      type: 'integer',
      sets: 'training.epochs',
      min: 1,
      summary: `passes over the training set (default: ${defaults.epochs})`,
    },
    batch: {
      type: 'integer',
      sets: 'training.batch',
      min: 1,
      summary: `${examples} in a step (default: ${defaults.batch})`,
    },
    rate: {
      type: 'number',
      sets: 'training.rate',
      above: 0,
      summary: `learning rate at the start (default: ${defaults.rate})`,
    },
    warmUp: {
      type: 'integer',
      sets: 'training.warmUp',
      min: 0,
      summary: `steps in which the rate rises (default: ${defaults.warmUp})`,
    },
    schedule: {
      type: 'choice',
      sets: 'training.schedule',
      choices: ['constant', 'cosine', 'plateau'],
      summary: `how the rate changes (default: ${defaults.schedule}); parameters, and other schedules, in a configuration file`,
    },
    clip: {
      type: 'number',
      sets: 'training.optimizer.clipNorm',
      above: 0,
      summary: `scale gradients down to this length if they are longer (default: ${defaults.clip})`,
    },
    average: {
      type: 'number',
      sets: 'training.optimizer.averageDecay',
      min: 0,
      below: 1,
      summary: `decay of the moving average of the weights, such as 0.999; 0: none (default: ${defaults.average})`,
    },
    patience: {
      type: 'integer',
      sets: 'training.patience',
      min: 1,
      summary: 'stop after so many evaluations without progress (default: never)',
    },
  }) as const;

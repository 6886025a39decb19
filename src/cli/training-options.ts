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

/**
 * What every command that trains takes to start a run or to continue it.
 * @param out where runs are, unless told otherwise
 * @param drawn what is drawn from the seed, beside the initial weights
 */
export const runOptions = <const Out extends string>(out: Out, drawn: string) =>
  ({
    seed: {
      type: 'integer',
      sets: 'training.seed',
      min: 0,
      max: 0xffffffff,
      summary: `seed of the initial weights${drawn} (default: 1)`,
    },
    workers: { type: 'integer', min: 1, max: 256, summary: 'threads (default: one per core)' },
    device: { type: 'string', summary: 'cpu or webgpu (default: cpu)' },
    from: { type: 'string', placeholder: 'file', summary: 'weights of the same network to start from' },
    out: { type: 'string', placeholder: 'dir', default: out, summary: 'folder of the run' },
    resume: { type: 'boolean', summary: 'continue the run in --out' },
    force: { type: 'boolean', summary: 'replace the run in --out' },
  }) as const;

import { z } from 'zod';
import type { ComparedRun } from '../../src/training/comparison.js';
import { trainingSchema } from '../../src/training/config.js';

const config = z.object({
  model: z.object({ layers: z.number() }),
  data: z.object({ file: z.string() }),
  training: trainingSchema,
});

/** A made-up run to compare. @param errors those at its best epoch; never evaluated without them */
export function comparedRun(
  { layers = 1, data = 'data', seed = 1 }: { layers?: number; data?: string; seed?: number },
  errors?: { valid: number; test?: number; epoch?: number; seconds?: number },
  { finished = true }: { finished?: boolean } = {},
): ComparedRun {
  const step = { rate: 0.01, gradientNorm: 1 };
  const { valid, test, epoch = 20, seconds = null } = errors ?? {};
  return {
    name: `layers=${layers},seed=${seed}`,
    folder: `runs/layers=${layers},seed=${seed}`,
    description: {
      config: config.parse({ model: { layers }, data: { file: data }, training: { seed, epochs: 20 } }),
      dataHash: 'aa-bb',
      workers: 2,
      device: 'cpu',
      version: '1.2.3',
      commit: null,
    },
    metrics: [
      { epoch: 1, step: 10, train: 1, valid: 0.9, ...step },
      { epoch, step: 10 * epoch, train: 0.1, valid, test, ...step },
    ],
    best: valid === undefined ? null : { epoch, valid, ...(test !== undefined && { test }) },
    finished,
    epochs: finished ? 20 : 7,
    steps: finished ? 200 : 70,
    parameters: 100 * layers,
    seconds,
  };
}

import { describe, expect, it } from 'vitest';
import { inFull, type TrainingConfig, trainingSchema } from '../../src/training/config.js';

describe('a stored configuration', () => {
  it('stays as it is where nothing is missing, to the order of its keys', () => {
    const stored = trainingSchema.parse({ schedule: { kind: 'cosine' }, patience: 3, warmUp: 10 });
    expect(JSON.stringify(inFull(stored))).toBe(JSON.stringify(stored));
    expect(stored.optimizer.averageWarmUp).toBe(true);
    expect(stored.schedule).toEqual({ kind: 'cosine', floor: 0, by: 'step' });
  });

  it('of before gets what was done then', () => {
    const { microBatchEdges, warmUp, ...others } = trainingSchema.parse({});
    const { averageWarmUp, ...optimizer } = others.optimizer;
    const before = { ...others, optimizer, schedule: { kind: 'cosine', floor: 0.1 } } as unknown as TrainingConfig;
    const full = inFull(before);
    expect(trainingSchema.parse(full)).toEqual(full);
    expect(full).toMatchObject({ warmUp: 0, microBatchEdges: 6400, optimizer: { averageWarmUp: false } });
    expect(full.schedule).toEqual({ kind: 'cosine', floor: 0.1, by: 'epoch' });
    expect(full.patience).toBeUndefined();
  });
});

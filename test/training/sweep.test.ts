import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UserError } from '../../src/common/errors.js';
import { trainingSchema } from '../../src/training/config.js';
import { type SweepPlan, sweptRuns } from '../../src/training/sweep.js';

const config = z.strictObject({
  model: z
    .strictObject({ layers: z.int().default(4), name: z.string().default('clof'), rate: z.number().optional() })
    .prefault({}),
  training: trainingSchema.prefault({}),
});
type Plan = SweepPlan<z.output<typeof config>>;

const runsOf = (plan: Partial<Plan>) => sweptRuns({ config, base: {}, varied: [], seeds: [1], ...plan });
const namesOf = (plan: Partial<Plan>): string[] => runsOf(plan).map(({ name }) => name);

describe('the runs of a sweep', () => {
  const layers = { key: 'model.layers', values: [4, 8] };
  const rate = { key: 'training.rate', values: [0.01, 3e-8] };

  it('are every combination of the values with every seed, one seed after the other', () => {
    const runs = runsOf({ varied: [layers, rate], seeds: [1, 7], base: { training: { epochs: 3 } } });
    expect(runs.map(({ config: { model, training } }) => [model.layers, training.rate, training.seed])).toEqual([
      [4, 0.01, 1],
      [4, 3e-8, 1],
      [8, 0.01, 1],
      [8, 3e-8, 1],
      [4, 0.01, 7],
      [4, 3e-8, 7],
      [8, 0.01, 7],
      [8, 3e-8, 7],
    ]);
    expect(runs[0]).toEqual({
      name: 'layers=4,rate=0.01,seed=1',
      config: config.parse({ model: { layers: 4 }, training: { epochs: 3, rate: 0.01, seed: 1 } }),
    });
  });

  it('are those of the seeds alone where nothing is varied', () => {
    expect(namesOf({ seeds: [1, 2, 3] })).toEqual(['seed=1', 'seed=2', 'seed=3']);
  });

  it('have names that every system takes for folders', () => {
    const schedules = [{ kind: 'cosine', floor: 0.1 }, { kind: 'constant' }];
    expect(namesOf({ varied: [{ key: 'training.schedule', values: schedules }] })).toEqual([
      'schedule=kind-cosine-floor-0.1,seed=1',
      'schedule=kind-constant,seed=1',
    ]);
    expect(namesOf({ varied: [{ key: 'model.name', values: ['a/b c:*?', 'größer'] }] })).toEqual([
      'name=a-b-c-,seed=1',
      'name=größer,seed=1',
    ]);
  });

  it('are told apart by the whole key where the last words are alike', () => {
    const both = [
      { key: 'model.rate', values: [1] },
      { key: 'training.rate', values: [0.5] },
    ];
    expect(namesOf({ varied: both })).toEqual(['model.rate=1,training.rate=0.5,seed=1']);
  });

  it.each<[string, Partial<Plan>, string]>([
    [
      'a key that does not exist',
      { varied: [rate, { key: 'model.layres', values: [4] }] },
      'model.layres=4: there is no setting "model.layres" (did you mean "layers"?)',
    ],
    [
      'a section that does not exist',
      { varied: [{ key: 'modle.layers', values: [4] }] },
      'modle.layers=4: there is no setting "modle" (did you mean "model"?)',
    ],
    [
      'a value of another type, wherever it stands',
      { varied: [rate, { key: 'model.layers', values: [4, 'x'] }] },
      'model.layers=x: model.layers is "x"; expected a number',
    ],
    [
      'the seed as a setting',
      { varied: [{ key: 'training.seed', values: [1, 2] }] },
      'training.seed is varied; give seeds',
    ],
    ['a key twice', { varied: [layers, layers] }, 'model.layers is varied twice; give all of its values at once'],
    [
      'a value twice',
      { varied: [{ key: 'model.layers', values: [4, 4] }] },
      'two runs would be called layers=4,seed=1; give every value and seed once',
    ],
  ])('refuse %s', (_, plan, message) => {
    expect(() => runsOf(plan)).toThrow(UserError);
    expect(() => runsOf(plan)).toThrow(message);
  });
});

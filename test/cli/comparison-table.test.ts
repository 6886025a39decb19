import { describe, expect, it } from 'vitest';
import { comparisonCsv, comparisonLines } from '../../src/cli/comparison-table.js';
import { type ComparedRun, compareRuns } from '../../src/training/comparison.js';
import { comparedRun } from '../support/compared-run.js';

/** A run whose schedule is another. */
function scheduled(
  run: ComparedRun,
  schedule: ComparedRun['description']['config']['training']['schedule'],
): ComparedRun {
  const { description } = run;
  const { config } = description;
  return { ...run, description: { ...description, config: { ...config, training: { ...config.training, schedule } } } };
}

describe('the table of a comparison', () => {
  it('aligns its columns, and has none of test errors where there is no test', () => {
    const begun = comparedRun({ layers: 12, seed: 2 }, { valid: 0.5 }, { finished: false });
    const runs = [comparedRun({ layers: 4 }, { valid: 0.25, seconds: 90 }), comparedRun({ layers: 12 }), begun];
    expect(comparisonLines(compareRuns(runs))).toEqual([
      'layers    runs  validation  epoch  steps  parameters        time',
      '4            1      0.2500     20    200         400  1 min 30 s',
      '12      1 of 2           —      —    200       1,200           —',
    ]);
  });

  it('shows ranges where runs differ in the seed alone', () => {
    const runs = [0.1, 0.2, 0.6].map((valid, k) => comparedRun({ seed: k }, { valid, test: 2 * valid }));
    expect(comparisonLines(compareRuns(runs))[1]).toMatch(
      /^ +3 +0\.300 ± 0\.26 +0\.100–0\.600 +0\.600 ± 0\.53 +0\.200–1\.20 /,
    );
  });

  it('has one column for a choice with parameters, which shows those in which runs differ', () => {
    const runs = [
      scheduled(comparedRun({}, { valid: 0.1 }), { kind: 'constant' }),
      scheduled(comparedRun({}, { valid: 0.2 }), { kind: 'step', every: 5, factor: 0.5 }),
      scheduled(comparedRun({}, { valid: 0.3 }), { kind: 'step', every: 9, factor: 0.5 }),
      scheduled(comparedRun({}, { valid: 0.4 }), { kind: 'cosine', floor: 0.1, by: 'step' }),
    ];
    const { keys, combinations } = compareRuns(runs);
    expect(keys).toEqual(['training.schedule']);
    expect(combinations.map(({ name }) => name)).toEqual([
      'schedule=constant',
      'schedule=step (every 5)',
      'schedule=step (every 9)',
      'schedule=cosine',
    ]);
    expect(comparisonLines(compareRuns(runs.slice(1, 3)))[1]).toMatch(/^step \(every 5\) {2}/);
  });

  it('has none for what means nothing to a network, and shows lists as people write them', () => {
    const run = (seed: number, model: object, settings: object) => {
      const one = comparedRun({ seed });
      const { description } = one;
      const { training } = description.config;
      return {
        ...one,
        description: { ...description, config: { model, training } },
        settings: { model: settings, training },
      };
    };
    // Of two networks, the second has no inner steps: what its configuration says of them is the default.
    const fields = ['gravity', 'magnetic'];
    const runs = [
      run(1, { model: 'propagator', innerSteps: 10, fields }, { model: 'propagator', innerSteps: 10, fields }),
      run(1, { model: 'clof_vel', innerSteps: 20, fields: [] }, { model: 'clof_vel', fields: [] }),
    ];
    const { names, combinations } = compareRuns(runs);
    expect(names).toEqual(['model', 'fields']);
    expect(combinations.map(({ labels }) => labels)).toEqual([
      ['propagator', 'gravity, magnetic'],
      ['clof_vel', ''],
    ]);
  });

  it('is CSV with numbers in full, quotes where they must be, and nothing where there is no number', () => {
    const runs = [
      scheduled(comparedRun({}, { valid: 1 / 3 }), { kind: 'constant' }),
      scheduled(comparedRun({}), { kind: 'step', every: 5, factor: 0.5 }),
    ];
    expect(comparisonCsv(compareRuns(runs, { keys: ['training.schedule'] })).split('\n')).toEqual([
      'training.schedule,runs,finished,validation_mean,validation_deviation,validation_min,validation_max,' +
        'test_mean,test_deviation,test_min,test_max,bestEpoch,steps,parameters,seconds',
      '"{""kind"":""constant""}",1,1,0.3333333333333333,,0.3333333333333333,0.3333333333333333,,,,,20,200,100,',
      '"{""kind"":""step"",""every"":5,""factor"":0.5}",1,1,,,,,,,,,,200,100,',
      '',
    ]);
  });
});

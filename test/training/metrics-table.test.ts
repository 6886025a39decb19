import { describe, expect, it } from 'vitest';
import { metricsTable } from '../../src/training/metrics-table.js';

describe('metrics as a table', () => {
  it('have the same columns, whatever is known', () => {
    const first = { epoch: 0.5, step: 4, rate: 0.01, train: 0.5, gradientNorm: 2, valid: 0 };
    const second = { epoch: 1, step: 8, rate: 1e-7, train: 0.4, gradientNorm: 1 };
    expect(metricsTable([first, second, { ...second, valid: 0.3, test: 0.25, seconds: 1.5 }])).toBe(
      [
        'epoch,step,rate,train,gradientNorm,valid,test,seconds',
        '0.5,4,0.01,0.5,2,0,,',
        '1,8,1e-7,0.4,1,,,',
        '1,8,1e-7,0.4,1,0.3,0.25,1.5',
        '',
      ].join('\n'),
    );
    expect(metricsTable([])).toBe('epoch,step,rate,train,gradientNorm,valid,test,seconds\n');
  });
});

import { describe, expect, test } from 'vitest';
import type { StepErrors } from '../../src/newton/evaluation/roll-out-errors.js';
import type { LongPredictions } from '../../src/newton/report/report-types.js';
import { newtonReport } from '../../src/report/newton/report.js';
import { findAll, parseHtml, textOf } from './parse-html.js';
import { sampleReport } from './sample-report.js';

const errors = (meanSquaredError: number) => ({ meanSquaredError, meanDistance: Math.sqrt(meanSquaredError) });
const step = (k: number): StepErrors => ({
  step: k,
  time: k,
  network: errors(0.01 * k),
  straightLine: errors(0.1 * k),
  energy: { network: 0.5 * k, truth: 3e-5 },
  momentum: { network: 0.2 * k, truth: 4e-15 },
});
const long: LongPredictions = {
  start: 28,
  gap: 10,
  runs: [
    { name: 'ClofNet', steps: [step(1), step(2)] },
    { name: 'EGNN', steps: [], remark: 'EGNN predicts no velocities: it cannot go on.' },
  ],
  straightLine: [1, 2].map((time) => ({ time, ...errors(0.1 * time) })),
  limit: {
    systems: 100,
    times: [0.5, 1, 1.5, 2],
    meanSquaredError: [1e-15, 1e-5, 1e-3, 2e-2],
    predictable: [
      { tolerance: 0.01, shares: [1, 0.99, 0.91, 0.6] },
      { tolerance: 0.1, shares: [0.98, 0.95, 0.8, 0.4] },
    ],
  },
};
const sectionOf = (given: LongPredictions) => {
  const page = parseHtml(newtonReport({ ...sampleReport(), long: given }));
  const section = findAll(page, 'section').find(({ attributes }) => attributes.get('id') === 'steps');
  if (!section) throw new Error('there is no such section');
  return section;
};

describe('the section on long predictions', () => {
  const section = sectionOf(long);
  const text = textOf(section).replace(/\s+/g, ' ');

  test('says in words up to when predictions are possible at all', () => {
    expect(text).toContain(
      'off by a mean squared error of 1.00 × 10⁻¹⁵ at time 0.5 and of 0.0200 at time 2 (100 test systems)',
    );
    expect(text).toContain(
      'to within 0.01: of 99 % of the systems up to time 1, of 90 % up to time 1.5, of half of them to the end, time 2;',
    );
    expect(text).toContain(
      'to within 0.1: of 99 % of the systems at no stored snapshot, of 90 % up to time 1, of half of them up to time 1.5;',
    );
  });

  test('draws errors, energy and momentum against time, and gives the errors as a table', () => {
    expect(findAll(section, 'figcaption').map(textOf)).toEqual([
      'Error against time',
      'Energy, distance from the start',
      'Total momentum, distance from the start',
    ]);
    const rows = findAll(section, 'tr').map((row) =>
      row.children.flatMap((cell) => (typeof cell === 'string' ? [] : [textOf(cell)])),
    );
    expect(rows.slice(1)).toEqual([
      ['1', '0.0100', '0.100', '0.100', '0.316', '1.00 × 10⁻⁵'],
      ['2', '0.0200', '0.141', '0.200', '0.447', '0.0200'],
    ]);
    expect(text).toContain('energy has moved by 3.0 × 10⁻⁵ at the end, total momentum by 4.0 × 10⁻¹⁵');
    expect(text).toContain('EGNN predicts no velocities');
  });

  test('of a set whose law is not known says so, and of no network that rolls shows no steps', () => {
    const { limit: _, ...rest } = long;
    expect(textOf(sectionOf(rest))).toContain('The law of motion behind charged2 is not known here');
    const still = sectionOf({ ...long, runs: [long.runs[1]] });
    expect(textOf(still)).not.toContain('what a network has predicted is what it sees next');
    expect(findAll(still, 'figcaption')).toHaveLength(1);
  });
});

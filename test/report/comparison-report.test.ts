import { Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { comparisonReport } from '../../src/report/comparison/report.js';
import { type ComparedRun, compareRuns } from '../../src/training/comparison.js';
import { comparedRun } from '../support/compared-run.js';
import { findAll, parseHtml, textOf } from './parse-html.js';

const runs = [
  comparedRun({ layers: 4, seed: 1 }, { valid: 0.2, test: 0.3, epoch: 10, seconds: 40 }),
  comparedRun({ layers: 8, seed: 1 }, { valid: 0.15, test: 0.5, epoch: 20, seconds: 4000 }),
  comparedRun({ layers: 4, seed: 2 }, { valid: 0.4, test: 0.5, epoch: 15, seconds: 90 }),
];
const pageOf = (compared: readonly ComparedRun[], notes: readonly string[] = []) => {
  const source = comparisonReport({
    title: 'Depth & <width>',
    command: 'compare',
    comparison: compareRuns(compared),
    notes,
  });
  return { source, page: parseHtml(source) };
};
const rowsOf = (table: ReturnType<typeof parseHtml>) =>
  findAll(table, 'tr').map((row) =>
    row.children.flatMap((cell) => (typeof cell === 'string' ? [] : [textOf(cell).replace(/\s+/g, ' ').trim()])),
  );
const sectionsOf = (page: ReturnType<typeof parseHtml>) =>
  findAll(page, 'section').map(({ attributes }) => attributes.get('id'));

describe('the report that compares runs', () => {
  const { page, source } = pageOf(runs, ['Something <odd>.']);
  const tables = findAll(page, 'table').map(rowsOf);

  test('has its sections, each reached from the top', () => {
    expect(sectionsOf(page)).toEqual(['summary', 'combinations', 'errors', 'curves', 'runs', 'configuration']);
    const links = findAll(page, 'a').map(({ attributes }) => attributes.get('href'));
    expect(links).toEqual(sectionsOf(page).map((id) => `#${id}`));
    expect(findAll(page, 'h1').map(textOf)).toEqual(['Depth & <width>']);
    expect(textOf(page)).toContain('3 training runs in 2 combinations of layers.');
    expect(textOf(page)).toContain('Something <odd>.');
  });

  test('shows mean and spread of every combination, the lowest validation error in bold', () => {
    expect(tables[0]).toEqual([
      ['layers', 'Runs', 'Validation error', 'Test error', 'Best epoch', 'Steps', 'Parameters', 'Time'],
      ['4', '2', '0.300 ± 0.14 0.200 – 0.400', '0.400 ± 0.14 0.300 – 0.500', '12.5', '200', '400', '1 min 5 s'],
      ['8', '1', '0.150', '0.500', '20', '200', '800', '1 h 6 min'],
    ]);
    expect(findAll(page, 'b').map(textOf)).toEqual(['0.150']);
    expect(findAll(page, 'strong').map(textOf).slice(0, 4)).toEqual(['0.150', '0.500', '3', '1 h 8 min']);
  });

  test('shows every run', () => {
    expect(tables[1].slice(1).map((row) => row.slice(0, 5))).toEqual([
      ['layers=4,seed=1', '1', '0.200', '0.300', '10'],
      ['layers=4,seed=2', '2', '0.400', '0.500', '15'],
      ['layers=8,seed=1', '1', '0.150', '0.500', '20'],
    ]);
  });

  test('draws a line and a dot for every run, those of a combination alike', () => {
    const lines = findAll(page, 'g').filter(({ attributes }) => attributes.get('class')?.startsWith('line '));
    const classes = lines.map(({ attributes }) => attributes.get('class'));
    expect(classes).toEqual([...Array(2)].flatMap(() => ['line series-0', 'line series-0', 'line series-1']));
    expect(findAll(page, 'circle')).toHaveLength(6);
    expect(findAll(page, 'li').map(textOf)).toEqual(['layers=4', 'layers=8', 'layers=4', 'layers=8']);
  });

  test('needs nothing from elsewhere, and its scripts are well formed', () => {
    expect(source).not.toMatch(/(src|href)="(?!#|data:)/);
    const scripts = findAll(page, 'script').filter(({ attributes }) => !attributes.has('type'));
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(() => new Script(textOf(script))).not.toThrow();
  });
});

describe('a report that compares less', () => {
  test('has no column of test errors where there is no test', () => {
    const { page } = pageOf([comparedRun({ layers: 4 }, { valid: 0.2 }), comparedRun({ layers: 8 }, { valid: 0.1 })]);
    expect(rowsOf(findAll(page, 'table')[0])[0]).not.toContain('Test error');
    expect(findAll(page, 'strong').map(textOf)).toEqual(['0.100', '2', '—']);
  });

  test('says which runs are not finished, and shows no chart where nothing was evaluated', () => {
    const { page } = pageOf([comparedRun({ layers: 4 }, undefined, { finished: false })]);
    expect(sectionsOf(page)).toEqual(['summary', 'combinations', 'runs', 'configuration']);
    expect(textOf(page)).toContain('7 of 20, not finished');
    expect(rowsOf(findAll(page, 'table')[0])[1].slice(0, 2)).toEqual(['0 of 1 finished', '—']);
  });

  test('of one configuration tells its runs apart by their seeds', () => {
    const { page } = pageOf([runs[0], runs[2]]);
    expect(findAll(page, 'li').map(textOf)).toEqual(['seed 1', 'seed 2', 'seed 1', 'seed 2']);
    expect(textOf(page)).toContain('2 training runs of one configuration.');
  });
});

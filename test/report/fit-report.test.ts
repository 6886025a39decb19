import { Script } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FitReportData, ReportedTarget } from '../../src/fit/evaluation/report-types.js';
import type { TargetErrors } from '../../src/fit/evaluation/target-errors.js';
import { fitConfigSchema } from '../../src/fit/training/config.js';
import { fitReport } from '../../src/report/fit/report.js';
import { type Element, findAll, parseHtml, textOf } from './parse-html.js';

const at = { error: 3.25, geometry: 4, source: { file: '<a>.xyz', line: 12 } };
const energy: TargetErrors = {
  ...{ name: 'energy', of: 'graph', unit: 'eV', compared: 50, missing: 2, width: 1, meanAbsolute: 0.012 },
  ...{ rootMeanSquare: 0.015, spread: { meanAbsolute: 0.4, rootMeanSquare: 0.5 }, largest: at },
  perAtom: { meanAbsolute: 0.001, rootMeanSquare: 0.0015, spread: { meanAbsolute: 0.04, rootMeanSquare: 0.05 } },
};
const { perAtom: _, ...vector } = energy;
const forces: TargetErrors = { ...vector, name: 'forces', of: 'node', unit: 'eV/Å', width: 3, missing: 0 };
const reported = (errors: TargetErrors, known: number[], predicted: number[]): ReportedTarget => ({
  errors,
  known: Float64Array.from(known),
  predicted: Float64Array.from(predicted),
  deviations: Float64Array.from(predicted, (value, k) => value - known[k]),
  worst: [at],
});

const data: FitReportData = {
  title: 'Training in <x>',
  command: 'clofnet fit report runs/x --out report.html',
  again: 'clofnet fit train --config config.json --workers 2 --device cpu --out runs/x',
  folder: 'runs/x',
  description: {
    config: fitConfigSchema.parse({ data: { files: ['a.xyz', 'b.xyz'], targets: { energy: {}, forces: {} } } }),
    ...{ dataHash: 'ab'.repeat(24), workers: 2, device: 'cpu', version: '1.2.3', commit: null },
  },
  metrics: [
    { epoch: 1, step: 10, rate: 0.002, train: 0.5, valid: 0.4, test: 0.41, gradientNorm: 2 },
    { epoch: 2, step: 20, rate: 0.001, train: 0.3, gradientNorm: 1 },
  ],
  best: { epoch: 1, valid: 0.4, test: 0.41 },
  stoppedEarly: false,
  parameters: 12_345,
  part: 'test',
  evaluation: { geometries: 50, atoms: 450, targets: [energy, forces], seconds: 1 },
  targets: [reported(energy, [0, 1, 2], [0, 2, 2]), reported(forces, [0, 1, 2], [0, 1, Number.NaN])],
  notes: ['The files lay elsewhere.'],
};

let page: Element;
beforeAll(() => {
  page = parseHtml(fitReport(data));
});
const section = (id: string): Element => {
  const found = findAll(page, 'section').find(({ attributes }) => attributes.get('id') === id);
  if (!found) throw new Error(`there is no section ${id}`);
  return found;
};
const rowsOf = (element: Element): string[][] =>
  findAll(element, 'tr').map(({ children }) =>
    children.flatMap((cell) => (typeof cell === 'string' ? [] : [textOf(cell)])),
  );

describe('the report on a run of fit', () => {
  it('has a table of errors with units, beside what a constant scores', () => {
    expect(rowsOf(section('errors')).slice(1)).toEqual([
      ['energy', 'eV', '0.0120', '0.400', '0.0150', '0.500', '3.25', '50', '2'],
      ['energy, an atom', 'eV', '0.00100', '0.0400', '0.00150', '0.0500', '', '', ''],
      ['forces', 'eV/Å', '0.0120', '0.400', '0.0150', '0.500', '3.25', '50', '0'],
    ]);
    expect(textOf(section('summary'))).toContain('0.0120 eV/Å');
    expect(textOf(section('summary'))).toContain('The files lay elsewhere.');
  });

  it('has a parity plot and a histogram of every target', () => {
    const charts = findAll(section('targets'), 'figcaption').map(textOf);
    expect(charts).toEqual(['energy', 'Error of energy', 'forces, all components', 'Error of forces']);
    const dots = findAll(section('targets'), 'path')
      .filter(({ attributes }) => attributes.get('class')?.startsWith('points'))
      .map(({ attributes }) => attributes.get('d'));
    // What is right lies on the diagonal, from corner to corner; what is no number is left out.
    expect(dots).toEqual(['M58,240h0M263,10h0M468,10h0', 'M58,240h0M468,10h0']);
  });

  it('names the worst geometries and tells how to train again', () => {
    expect(rowsOf(section('worst'))[1]).toEqual(['energy', '<a>.xyz:12', '3.25 eV']);
    expect(textOf(section('configuration'))).toContain('clofnet fit train --config config.json');
    expect(textOf(section('configuration'))).toContain('a.xyz, b.xyz');
    expect(findAll(section('curves'), 'figcaption')).toHaveLength(3);
    for (const script of findAll(page, 'script').filter(({ attributes }) => !attributes.has('type')))
      expect(() => new Script(textOf(script))).not.toThrow();
  });

  it('does without errors where the geometries are gone', () => {
    const without = parseHtml(fitReport({ ...data, part: null, evaluation: null, targets: [], metrics: [] }));
    expect(findAll(without, 'h2').map(textOf)).toEqual(['Figures', 'Configuration']);
  });
});

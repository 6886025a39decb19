import { Script } from 'node:vm';
import { beforeAll, describe, expect, test } from 'vitest';
import { evaluatePairs } from '../../src/conformers/evaluation/evaluate.js';
import { matchGenerated } from '../../src/conformers/evaluation/generated-source.js';
import { overlaysOf } from '../../src/conformers/evaluation/report-overlays.js';
import { conformerConfigSchema } from '../../src/conformers/training/denoiser-trainee.js';
import type { ConformerTrainingReportData } from '../../src/conformers/training/training-report-types.js';
import { conformerTrainingReport } from '../../src/report/conformers/training-report.js';
import { fixtureSets, streamed } from '../support/conformer-sets.js';
import { descendants, type Element, findAll, parseHtml, textOf } from './parse-html.js';

let data: ConformerTrainingReportData;
let page: Element;

async function shapesOf(): Promise<ConformerTrainingReportData['shapes']> {
  const sets = fixtureSets().slice(0, 3);
  const records = streamed(sets.flatMap(({ generated }) => generated));
  const references = sets.map(({ reference }) => reference);
  const { pairs } = await matchGenerated(references, { name: 'weights', records });
  const evaluation = await evaluatePairs(pairs, { thresholds: [0.5] });
  return { requested: 40, made: 30, level: 'gfn2', evaluation, overlays: overlaysOf(evaluation, pairs, 2) };
}

beforeAll(async () => {
  data = {
    title: 'Training in <qm9>',
    command: 'clofnet conformers report runs/qm9 --out report.html',
    again: 'clofnet conformers train config.json --workers 2 --device cpu --out runs/qm9',
    folder: 'runs/qm9',
    description: {
      config: conformerConfigSchema.parse({ training: { seed: 17, batch: 10 } }),
      dataHash: 'ab'.repeat(32),
      workers: 2,
      device: 'cpu',
      version: '1.2.3',
      commit: '0123abcd',
      origin: {
        elements: ['H', 'C'],
        levels: ['gfn2', 'dft'],
        from: { file: 'before.safetensors', sha256: 'cd'.repeat(32) },
      },
    },
    metrics: [
      { epoch: 1, step: 100, rate: 0.002, train: 0.5, valid: 0.4, test: 0.41, gradientNorm: 2 },
      { epoch: 2, step: 200, rate: 0.001, train: 0.3, gradientNorm: 1 },
    ],
    parameters: 167_808,
    weightsHash: 'ef'.repeat(32),
    best: { epoch: 1, valid: 0.4, test: 0.41 },
    stoppedEarly: false,
    dataset: { file: 'qm9.safetensors', splits: [{ name: 'train', isomers: 1200, conformers: 3400 }] },
    noise: {
      conformers: 48,
      errors: [
        { sigma: 0.01, noisy: 0.017, denoised: 0.0085 },
        { sigma: 10, noisy: 17, denoised: 1.7 },
      ],
    },
    shapes: await shapesOf(),
    notes: ['The data lay elsewhere.'],
  };
  page = parseHtml(conformerTrainingReport(data));
});

const cells = (table: Element): string[][] =>
  findAll(table, 'tr').map((row) => row.children.flatMap((cell) => (typeof cell === 'string' ? [] : [textOf(cell)])));

describe('the report on the training of a denoiser', () => {
  test('has its sections, each reached from the top, and leaves out what there is nothing for', () => {
    const sections = findAll(page, 'section').map(({ attributes }) => attributes.get('id'));
    expect(sections).toEqual(['summary', 'curves', 'noise', 'overlays', 'configuration']);
    const links = findAll(page, 'a').map(({ attributes }) => attributes.get('href'));
    expect(links).toEqual(sections.map((id) => `#${id}`));
    const bare = {
      ...data,
      metrics: [],
      best: null,
      dataset: null,
      noise: { conformers: 0, errors: [] },
      shapes: null,
    };
    const few = findAll(parseHtml(conformerTrainingReport(bare)), 'section');
    expect(few.map(({ attributes }) => attributes.get('id'))).toEqual(['summary', 'configuration']);
  });

  test('shows the figures', () => {
    const [valid, train, seen] = findAll(page, 'strong').map(textOf);
    expect([valid, train, seen]).toEqual(['0.400', '0.300', '2,000']);
    expect(textOf(page)).toContain('The data lay elsewhere.');
    const [noise, splits] = findAll(page, 'table').map(cells);
    expect(noise.slice(1)).toEqual([
      ['0.01', '0.0170', '0.00850', '50 %'],
      ['10', '17.0', '1.70', '10 %'],
    ]);
    expect(splits[1]).toEqual(['train', '1,200', '3,400']);
  });

  test('draws every loss where it was taken', () => {
    const [losses, rate] = findAll(page, 'figure');
    const lines = findAll(losses, 'polyline').map(({ attributes }) => attributes.get('points')?.split(' ').length);
    expect(lines).toEqual([2, 1, 1]);
    expect(textOf(rate)).toContain('Learning rate');
  });

  test('speaks of a test error only where one was taken', () => {
    const metrics = data.metrics.map(({ test: _, ...line }) => line);
    const untested = parseHtml(conformerTrainingReport({ ...data, metrics }));
    expect(textOf(page)).toContain('The test error is only taken');
    expect(textOf(untested)).not.toContain('The test error');
    const [losses] = findAll(untested, 'figure');
    expect(findAll(losses, 'polyline')).toHaveLength(2);
  });

  test('says that training stopped early, and why', () => {
    const { description } = data;
    const config = conformerConfigSchema.parse({ training: { patience: 5 } });
    const early = { ...data, stoppedEarly: true, description: { ...description, config } };
    expect(textOf(page)).toContain('2 of 100 epochs, seed 17.');
    expect(textOf(parseHtml(conformerTrainingReport(early)))).toContain(
      '2 of 100 epochs, stopped early after 5 evaluations without progress, seed 1.',
    );
  });

  test('puts noise levels on a logarithmic axis', () => {
    const [, , , noise] = findAll(page, 'figure');
    const [axes] = descendants(noise).filter(({ attributes }) => attributes.get('class') === 'axes');
    const ticks = findAll(axes, 'text').map(textOf);
    for (const tick of ['0.01', '0.1', '1', '10']) expect(ticks.filter((text) => text === tick).length).toBe(2);
  });

  test('lays conformers on references', () => {
    const scenes = descendants(page).filter(({ attributes }) => attributes.get('class') === 'space');
    expect(scenes.length).toBe(data.shapes?.overlays.reduce((sum, { pairs }) => sum + pairs.length, 0));
    expect(textOf(page)).toContain(
      'The best weights generated 30 of 40 conformers of 3 validation molecules, at level gfn2',
    );
  });

  test('says how to get the same numbers again', () => {
    const text = textOf(findAll(page, 'section')[4]);
    for (const part of [
      'clofnet conformers report runs/qm9 --out report.html',
      'clofnet conformers train config.json --workers 2 --device cpu --out runs/qm9',
      '"seed": 17',
      '1.2.3',
      '0123abcd',
      'ab'.repeat(32),
      'ef'.repeat(32),
      `before.safetensors, ${'cd'.repeat(32)}`,
      'gfn2, dft',
      'H, C',
    ])
      expect(text).toContain(part);
  });

  test('needs nothing from elsewhere, and its scripts are sound', () => {
    const source = conformerTrainingReport(data);
    expect(source).not.toMatch(/(src|href)="(?!#|data:)/);
    expect(source).not.toContain('<qm9>');
    for (const [, script] of source.matchAll(/<script>([\s\S]*?)<\/script>/g)) new Script(script);
  });
});

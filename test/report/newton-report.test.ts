import { Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { newtonReport } from '../../src/report/newton/report.js';
import { descendants, findAll, parseHtml, textOf } from './parse-html.js';
import { sampleReport } from './sample-report.js';

const source = newtonReport(sampleReport());
const page = parseHtml(source);

describe('the report on many-body networks', () => {
  test('has its sections, each reached from the top', () => {
    const sections = findAll(page, 'section').map(({ attributes }) => attributes.get('id'));
    expect(sections).toEqual(['summary', 'errors', 'systems', 'curves', 'distances', 'configuration']);
    const links = findAll(page, 'a').map(({ attributes }) => attributes.get('href'));
    expect(links).toEqual(sections.map((id) => `#${id}`));
    expect(findAll(page, 'h1').map(textOf)).toEqual(['ClofNet and EGNN']);
  });

  test('shows the numbers that it was given', () => {
    const [errors] = findAll(page, 'table');
    const rows = findAll(errors, 'tr').map((row) =>
      row.children.flatMap((cell) => (typeof cell === 'string' ? [] : [textOf(cell)])),
    );
    expect(rows.slice(1)).toEqual([
      ['ClofNet', '0.00763', '0.0200', '0.0290', '0.0200', '2', '160,964', '3.2 × 10⁻⁷'],
      ['EGNN', '0.0123', '0.0200', '0.0290', '0.0200', '2', '160,964', '3.2 × 10⁻⁷'],
      ['Straight line', '0.112', '1.50', '2.40', '—', '—', '—', '—'],
    ]);
    expect(findAll(page, 'strong').map(textOf)).toEqual(['0.00763', '0.0123', '0.112']);
    expect(textOf(page)).toContain('15 times below the straight line');
  });

  test('says how long each run was, and speaks of a test error only where one was taken', () => {
    expect(textOf(page)).toContain('2 of 400 epochs');
    expect(textOf(page)).toContain('The test error is taken only where');
    const { runs, ...others } = sampleReport();
    const untested = runs.map((run) => ({ ...run, metrics: run.metrics.map(({ test: _, ...line }) => line) }));
    expect(textOf(parseHtml(newtonReport({ ...others, runs: untested })))).not.toContain('The test error is taken');
  });

  test('says how to get the same numbers again', () => {
    const text = textOf(findAll(page, 'section')[5]);
    for (const part of [
      "clofnet newton report 'ClofNet'",
      'clofnet newton train config.json --workers 2 --device cpu --out runs/one',
      '"seed": 17',
      '1.2.3',
      '0123abcd',
      'aa-bb-cc',
      'ab'.repeat(32),
    ])
      expect(text).toContain(part);
  });

  test('draws every body of every system with its start, its true and its predicted places', () => {
    const scenes = descendants(page).filter(({ attributes }) => attributes.get('class') === 'space');
    expect(scenes).toHaveLength(2);
    for (const scene of scenes) {
      const kinds = findAll(scene, 'circle').map(({ attributes }) => attributes.get('class')?.split(' ')[0]);
      expect(kinds.toSorted()).toEqual([...Array(6).fill('ring'), 'start', 'start', 'truth', 'truth']);
      const path = findAll(scene, 'polyline').find(({ attributes }) => attributes.get('class') === 'path plus');
      expect(path?.attributes.get('data-at')?.split(' ')).toHaveLength(9);
    }
  });

  test('needs nothing from elsewhere', () => {
    expect(source).not.toMatch(/https?:|src=|@import|url\(|\bimport\b|fetch\(|XMLHttpRequest/);
    const targets = descendants(page).flatMap(({ attributes }) => attributes.get('href') ?? []);
    expect(targets.filter((target) => !target.startsWith('#') && target !== 'data:,')).toEqual([]);
  });

  test('has no name twice and only scripts that parse', () => {
    const ids = descendants(page).flatMap(({ attributes }) => attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const scripts = findAll(page, 'script').filter(({ attributes }) => !attributes.has('type'));
    expect(scripts).toHaveLength(2);
    for (const script of scripts) expect(() => new Script(textOf(script))).not.toThrow();
  });

  test('escapes names, however evil', () => {
    const evil = '"><script>alert(1)</script><b a=\'';
    const report = newtonReport(sampleReport([evil, 'EGNN']));
    const parsed = parseHtml(report);
    expect(findAll(parsed, 'script')).toHaveLength(findAll(page, 'script').length);
    expect(findAll(parsed, 'b')).toEqual([]);
    expect(findAll(parsed, 'title').map(textOf)[0]).toBe(`${evil} and EGNN`);
  });

  test('leaves out what there is nothing to say about', () => {
    const data = sampleReport();
    const bare = { ...data, systems: [], runs: data.runs.map((run) => ({ ...run, metrics: [], best: null })) };
    const sections = findAll(parseHtml(newtonReport(bare)), 'section').map(({ attributes }) => attributes.get('id'));
    expect(sections).toEqual(['summary', 'errors', 'distances', 'configuration']);
  });
});

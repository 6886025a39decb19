import { describe, expect, test } from 'vitest';
import { formatCount, formatNumber, shellWord } from '../../src/report/format.js';
import { html, jsonIsland, withScript } from '../../src/report/html.js';
import { table } from '../../src/report/table.js';
import { findAll, parseHtml, textOf } from './parse-html.js';

describe('html', () => {
  test('escapes what is put in, but not markup of its own', () => {
    const name = `<b>&"it's"`;
    const inner = html`<i title="${name}">${name}</i>`;
    expect(inner.markup).toBe('<i title="&lt;b&gt;&amp;&quot;it&#39;s&quot;">&lt;b&gt;&amp;&quot;it&#39;s&quot;</i>');
    expect(html`${[inner, 1, null, false, undefined, ['a', 'b']]}`.markup).toBe(`${inner.markup}1ab`);
  });

  test('collects scripts from all depths, each once', () => {
    const live = withScript(html`<p></p>`, 'run()');
    expect([...html`<div>${[live, [live]]}${withScript(live, 'other()')}</div>`.scripts]).toEqual(['run()', 'other()']);
  });

  test('keeps data for scripts from ending their element', () => {
    const value = ['</script><script>alert(1)</script>', '<!--'];
    const [element] = findAll(parseHtml(jsonIsland(value).markup), 'script');
    expect(JSON.parse(textOf(element))).toEqual(value);
  });
});

test.each([
  [0.0076312, '0.00763'],
  [0.112, '0.112'],
  [9.999, '10.0'],
  [12.4, '12.4'],
  [1234, '1234'],
  [1.2e-7, '1.20 × 10⁻⁷'],
  [-0.5, '−0.500'],
  [-3e12, '−3.00 × 10¹²'],
  [0, '0'],
  [Infinity, '∞'],
  [Number.NaN, '—'],
  [undefined, '—'],
])('%s is written %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test('counts are grouped', () => {
  expect([formatCount(160_964), formatCount(undefined)]).toEqual(['160,964', '—']);
});

test('words are quoted for a shell', () => {
  expect(['runs/a-1', 'my run', "it's"].map(shellWord)).toEqual(['runs/a-1', "'my run'", `'it'\\''s'`]);
});

test('a table names its columns and rows', () => {
  const { markup } = table(
    [1, 2],
    [
      { name: 'n', text: true, cell: (n) => `row ${n}` },
      { name: 'n²', cell: (n) => n * n },
    ],
  );
  const root = parseHtml(markup);
  expect(findAll(root, 'th').map((cell) => [cell.attributes.get('scope'), textOf(cell)])).toEqual([
    ['col', 'n'],
    ['col', 'n²'],
    ['row', 'row 1'],
    ['row', 'row 2'],
  ]);
  expect(findAll(root, 'td').map(textOf)).toEqual(['1', '4']);
});

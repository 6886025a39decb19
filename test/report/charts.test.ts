import { describe, expect, test } from 'vitest';
import { histogram, linearBins, logBins } from '../../src/report/histogram.js';
import { lineChart } from '../../src/report/line-chart.js';
import { type Strip, stripPlot } from '../../src/report/strip-plot.js';
import { findAll, parseHtml, textOf } from './parse-html.js';

const pairs = (points: string | undefined): number[][] =>
  (points ?? '').split(' ').map((pair) => pair.split(',').map(Number));

const readoutOf = (markup: string): unknown[][] => JSON.parse(textOf(findAll(parseHtml(markup), 'script')[0]));

describe('a line chart', () => {
  const decay = [0, 1, 2, 3].map((k) => [k, 10 ** -k] as const);
  const chart = lineChart({
    title: 'decay',
    xLabel: 'epoch',
    yLabel: 'loss',
    yScale: 'log',
    series: [
      { name: 'train', points: decay, className: 'series-0' },
      { name: 'valid', points: [[1, 0.2]], className: 'series-1' },
    ],
    references: [{ name: 'guess', y: 0.1 }],
  });
  const root = parseHtml(chart.markup);

  test('draws a geometric decay as a straight line between the corners of the plot', () => {
    const points = pairs(findAll(root, 'polyline')[0].attributes.get('points'));
    const steps = points.slice(1).map(([x, y], k) => [x - points[k][0], y - points[k][1]]);
    expect(points[0]).toEqual([58, 10]);
    expect(points[3]).toEqual([468, 240]);
    for (const [dx, dy] of steps) {
      expect(dx).toBeCloseTo(410 / 3, 0);
      expect(dy).toBeCloseTo(230 / 3, 0);
    }
  });

  test('puts the reference where the line has its value', () => {
    const reference = findAll(root, 'line').find((line) => line.attributes.get('class')?.startsWith('reference'));
    const [, at] = pairs(findAll(root, 'polyline')[0].attributes.get('points'))[1];
    expect(Number(reference?.attributes.get('y1'))).toBe(at);
    expect(textOf(findAll(root, 'ul')[0])).toBe('trainvalidguess');
  });

  test('has ticks at whole epochs alone, and the name of its y axis clear of the longest tick', () => {
    const texts = findAll(root, 'text').filter((text) => text.attributes.get('text-anchor') === 'middle');
    expect(texts.map(textOf)).toEqual(['0', '1', '2', '3', 'epoch', 'loss']);
    const [from] = (findAll(root, 'svg')[0].attributes.get('viewBox') ?? '').split(' ').map(Number);
    const across = Number(/translate\((-?\d+) /.exec(texts[5].attributes.get('transform') ?? '')?.[1]);
    const tickEnd = Number(
      findAll(root, 'text')
        .find((text) => text.attributes.get('text-anchor') === 'end')
        ?.attributes.get('x'),
    );
    // Eight signs of 12 units' height, such as 5 × 10⁻⁵, are less than 56 wide; half of the name's height is 6.
    expect(tickEnd - 56).toBeGreaterThanOrEqual(across + 3);
    expect(across - 10).toBeGreaterThanOrEqual(from);
  });

  test('tells the numbers at every x, and where they are older than that', () => {
    expect(readoutOf(chart.markup)).toEqual([
      [58, 'epoch 0', 'train 1.00'],
      [194.7, 'epoch 1', 'train 0.100', 'valid 0.200'],
      [331.3, 'epoch 2', 'train 0.0100', 'valid 0.200 (epoch 1)'],
      [468, 'epoch 3', 'train 0.00100', 'valid 0.200 (epoch 1)'],
    ]);
  });

  test('has one entry in the legend for lines of one name, and reads them together', () => {
    const line = (y: number) => ({ name: 'wide', points: [[1, y] as const], className: 'series-0' });
    const other = { name: 'deep', points: [[1, 3] as const], className: 'series-1' };
    const { markup } = lineChart({ title: '', xLabel: 'epoch', yLabel: '', series: [line(1), line(2), other] });
    expect(findAll(parseHtml(markup), 'li').map(textOf)).toEqual(['wide', 'deep']);
    expect(findAll(parseHtml(markup), 'polyline')).toHaveLength(3);
    expect(readoutOf(markup)).toEqual([[58, 'epoch 1', 'wide 1.00, 2.00', 'deep 3.00']]);
  });

  test('survives having nothing, or nothing finite, to draw', () => {
    for (const points of [[], [[1, Number.NaN] as const]]) {
      const { markup } = lineChart({
        title: '',
        xLabel: '',
        yLabel: '',
        yScale: 'log',
        series: [{ name: '', points, className: '' }],
      });
      expect(markup).not.toMatch(/NaN|Infinity/);
    }
  });
});

describe('a histogram', () => {
  test('counts into bins of equal ratio', () => {
    const { edges, shares } = logBins([[0.002, 0.02, 0.2, 0.2], [0]], [0.001, 1], 3);
    for (const [k, edge] of edges.entries()) expect(edge).toBeCloseTo(10 ** (k - 3), 12);
    expect(shares).toEqual([
      [0.25, 0.25, 0.5],
      [1, 0, 0],
    ]);
  });

  test('keeps the largest value in the last bin', () => {
    expect(logBins([[1]], [0.001, 1], 3).shares).toEqual([[0, 0, 1]]);
  });

  test('draws shares as heights', () => {
    const values = [0.001, 0.02, 0.2, 1];
    const { markup } = histogram({
      title: 'h',
      xLabel: 'x',
      counted: 'bodies',
      samples: [{ name: 's', values, className: 'series-0' }],
      bins: 3,
    });
    const path = findAll(parseHtml(markup), 'path')[0].attributes.get('d');
    // Shares of 25, 25 and 50 % on an axis from 0 to 50 %, from 240 at the bottom to 10 at the top.
    expect(path).toBe('M58,240V125H194.7V125H331.3V10H468V240Z');
    expect(readoutOf(markup)[2].slice(1)).toEqual(['0.10 to 1.0', 's 50 %']);
  });

  test('counts into bins of equal width, what lies beyond into the outer ones', () => {
    const { edges, shares } = linearBins([[-5, 0, 1, 2.5, 90]], [0, 4], 4);
    expect(edges).toEqual([0, 1, 2, 3, 4]);
    expect(shares).toEqual([[0.4, 0.2, 0.2, 0.2]]);
  });

  test('has a linear axis where it is asked for', () => {
    const { markup } = histogram({
      title: 'h',
      xLabel: 'x',
      counted: 'bonds',
      samples: [{ name: 's', values: [1, 1.5, 2, 9], className: 'series-0' }],
      bins: 2,
      xScale: 'linear',
      xDomain: [1, 2],
    });
    const path = findAll(parseHtml(markup), 'path')[0].attributes.get('d');
    // Shares of 25 and 75 % on an axis from 0 to 80 %.
    expect(path).toBe('M58,240V168.1H263V24.4H468V240Z');
    expect(readoutOf(markup)[1].slice(1)).toEqual(['1.50 to 2.00', 's 75 %']);
  });
});

describe('a strip plot', () => {
  const strip = (name: string, values: readonly number[], mean: number | null): Strip => ({
    name,
    points: values.map((value, k) => ({ label: `seed ${k + 1}`, value })),
    mean,
    className: 'series-0',
  });
  const plotOf = (...strips: Strip[]) => parseHtml(stripPlot({ title: 'errors', xLabel: 'error', strips }).markup);
  const places = (root: ReturnType<typeof plotOf>) =>
    findAll(root, 'circle').map(({ attributes }) => [Number(attributes.get('cx')), Number(attributes.get('cy'))]);

  test('has a dot for every number, on one axis, and a stroke at the mean', () => {
    const root = plotOf(strip('a', [1, 2, 3], 2), strip('b', [4], 4));
    const [one, two, three, four] = places(root);
    expect(two[0] - one[0]).toBeCloseTo(three[0] - two[0], 0);
    expect(four[0] - three[0]).toBeCloseTo(two[0] - one[0], 0);
    expect([one[1], two[1], three[1]]).toEqual([28, 28, 28]);
    expect(four[1]).toBe(68);
    const means = findAll(root, 'line').filter(({ attributes }) => attributes.get('class') === 'mean');
    expect(means.map(({ attributes }) => Number(attributes.get('x1')))).toEqual([two[0], four[0]]);
    expect(findAll(root, 'title').map(textOf)).toContain('seed 3: 3.000');
  });

  test('is logarithmic where the numbers differ much', () => {
    const [one, ten, hundred] = places(plotOf(strip('a', [0.01, 0.1, 1], null)));
    expect(ten[0] - one[0]).toBeCloseTo(hundred[0] - ten[0], 0);
  });

  test('survives having nothing to show', () => {
    expect(places(plotOf(strip('a', [], null)))).toEqual([]);
  });
});

import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { type Point3, project, viewRotation } from '../../src/report/projection.js';
import { rotateScript } from '../../src/report/rotate-script.js';
import { scatter3d } from '../../src/report/scatter-3d.js';
import { descendants, type Element, findAll, parseHtml } from './parse-html.js';

describe('the projection', () => {
  test('shows z upwards and x to the right from the front', () => {
    const front = viewRotation(0, 0);
    const { x, y } = project([0.3, 0, 0.2], front);
    expect([x, y]).toEqual([0.3, -0.2]);
  });

  test('shows near things larger: at half the distance twice as large', () => {
    const { scale, depth } = project([0, -2, 0], viewRotation(0, 0));
    expect([scale, depth]).toEqual([2, 2]);
  });

  test('turns by a rotation', () => {
    const m = viewRotation(0.7, -0.4);
    const rows = [m.slice(0, 3), m.slice(3, 6), m.slice(6, 9)];
    const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, k) => sum + x * b[k], 0);
    for (const [i, a] of rows.entries())
      for (const [j, b] of rows.entries()) expect(dot(a, b)).toBeCloseTo(Number(i === j), 12);
    const [[a, b, c], [d, e, f], towards] = rows;
    const cross = [b * f - c * e, c * d - a * f, a * e - b * d];
    for (const [k, x] of cross.entries()) expect(x).toBeCloseTo(towards[k], 12);
  });
});

const corners: Point3[] = [
  [1, 2, 3],
  [4, 2, 1],
  [0, -2, 2],
  [3, 3, 3],
];
const scene = parseHtml(
  scatter3d({
    label: 'a scene',
    marks: corners.map((at, k) => ({ at, radius: 5, className: `mark-${k}`, title: `<${k}>` })),
    wires: [{ through: corners, className: 'path' }],
  }).markup,
);

describe('a scene', () => {
  test('holds every mark, wire and edge of the cube, the wires behind the marks', () => {
    expect(findAll(scene, 'circle')).toHaveLength(4);
    expect(findAll(scene, 'polyline')).toHaveLength(13);
    const order = descendants(scene).filter(({ attributes }) => attributes.has('data-layer'));
    const layers = order.map(({ attributes }) => Number(attributes.get('data-layer')));
    expect(layers).toEqual([...layers].sort((a, b) => a - b));
  });

  test('fits into the picture, its farthest point at distance 1', () => {
    const places = findAll(scene, 'circle').map(({ attributes }) =>
      (attributes.get('data-at') ?? '').split(' ').map(Number),
    );
    expect(Math.max(...places.map((place) => Math.hypot(...place)))).toBeCloseTo(1, 3);
    for (const { attributes } of findAll(scene, 'circle'))
      for (const name of ['cx', 'cy']) expect(Math.abs(Number(attributes.get(name)))).toBeLessThan(240);
  });
});

/** Runs the page's script on the scene, in as much of a browser as it needs. */
function liveScene() {
  const listeners = new Map<string, (event: object) => void>();
  const [svg] = findAll(scene, 'svg');
  const camel = (name: string): string => name.replace('data-', '');
  const children = svg.children
    .filter((child): child is Element => typeof child !== 'string')
    .map((element) => {
      const attributes = new Map(element.attributes);
      const dataset = Object.fromEntries([...attributes].map(([name, value]) => [camel(name), value]));
      return {
        attributes,
        dataset,
        setAttribute: (name: string, value: unknown) => attributes.set(name, String(value)),
      };
    });
  const dataset = Object.fromEntries([...svg.attributes].map(([name, value]) => [camel(name), value]));
  const fake = {
    dataset,
    children,
    append: () => {},
    addEventListener: (name: string, listener: (event: object) => void) => listeners.set(name, listener),
  };
  const document = { querySelectorAll: () => [fake] };
  runInNewContext(rotateScript, { document, requestAnimationFrame: (draw: () => void) => draw() });
  const press = (key: string): void => listeners.get('keydown')?.({ key, preventDefault: () => {} });
  const numbers = (): number[] =>
    children.flatMap(({ attributes }) =>
      ['cx', 'cy', 'r', 'points'].flatMap((name) =>
        (attributes.get(name) ?? '').split(/[ ,]/).filter(Boolean).map(Number),
      ),
    );
  return { press, numbers };
}

describe('the script of a scene', () => {
  test('draws what the still picture shows', () => {
    const { press, numbers } = liveScene();
    const still = numbers();
    press('0');
    for (const [k, value] of numbers().entries()) expect(Math.abs(value - still[k])).toBeLessThan(0.11);
  });

  test('turns there and back, and zooms', () => {
    const { press, numbers } = liveScene();
    const still = numbers();
    press('ArrowRight');
    press('ArrowUp');
    expect(numbers().some((value, k) => Math.abs(value - still[k]) > 5)).toBe(true);
    press('ArrowDown');
    press('ArrowLeft');
    for (const [k, value] of numbers().entries()) expect(Math.abs(value - still[k])).toBeLessThan(0.21);
    press('+');
    expect(Math.max(...numbers())).toBeGreaterThan(1.1 * Math.max(...still));
  });
});

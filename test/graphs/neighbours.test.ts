import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { batchGraphs, createGraph, type Neighbours, neighbourGraph, neighbours } from '../../src/graphs/index.js';
import { Rng } from '../../src/random/generator.js';

type Row = readonly number[];

/** A geometry as it is drawn: positions, a cell, and along which of its vectors it repeats. */
interface Drawn {
  readonly rows: readonly Row[];
  readonly cell: readonly Row[];
  readonly periodic: readonly boolean[];
  readonly cutoff: number;
}

const flat = (rows: readonly Row[]): Float64Array => Float64Array.from(rows.flat());
const find = ({ rows, cell, periodic, cutoff }: Drawn): Neighbours =>
  neighbours(flat(rows), { cutoff, cell: cell.flat(), periodic });

const cross = ([a, b, c]: Row, [x, y, z]: Row): number[] => [b * z - c * y, c * x - a * z, a * y - b * x];
const dot = (a: Row, b: Row): number => a.reduce((sum, x, k) => sum + x * b[k], 0);
const moved = (row: Row, cell: readonly Row[], n: Row): number[] =>
  row.map((x, k) => x + n.reduce((sum, count, axis) => sum + count * cell[axis][k], 0));

/** Every pair of an atom and an image, by looking at so many cells each way: `receiver sender cells`, and the distance. */
function everyPair({ rows, cell, periodic, cutoff }: Drawn): { readonly name: string; readonly distance: number }[] {
  const volume = Math.abs(dot(cell[0], cross(cell[1], cell[2])));
  const reach = cell.map((_, axis) => {
    const area = Math.hypot(...cross(cell[(axis + 1) % 3], cell[(axis + 2) % 3]));
    const spread = Math.max(...rows.flatMap((a) => rows.map((b) => Math.hypot(...a.map((x, k) => x - b[k])))));
    return periodic[axis] ? Math.ceil(((cutoff + spread) * area) / volume) : 0;
  });
  const counts = (axis: number): number[] => Array.from({ length: 2 * reach[axis] + 1 }, (_, k) => k - reach[axis]);
  return rows.flatMap((to, i) =>
    rows.flatMap((from, j) =>
      counts(0).flatMap((a) =>
        counts(1).flatMap((b) =>
          counts(2).flatMap((c) => {
            if (i === j && a === 0 && b === 0 && c === 0) return [];
            const at = moved(from, cell, [a, b, c]);
            return { name: `${i} ${j} ${[a, b, c]}`, distance: Math.hypot(...at.map((x, k) => x - to[k])) };
          }),
        ),
      ),
    ),
  );
}

/** Edges by name, in their order: the numbers of cells are what the shifts are made of. */
function namesOf({ senders, receivers, shifts }: Neighbours, cell: readonly Row[]): string[] {
  const volume = dot(cell[0], cross(cell[1], cell[2]));
  return Array.from(receivers, (i, edge) => {
    const shift = shifts ? [...shifts.subarray(3 * edge, 3 * edge + 3)] : [0, 0, 0];
    const cells = cell.map((_, axis) => dot(shift, cross(cell[(axis + 1) % 3], cell[(axis + 2) % 3])) / volume);
    for (const x of cells) expect(Math.abs(x - Math.round(x))).toBeLessThan(1e-3);
    return `${i} ${senders[edge]} ${cells.map((x) => Math.round(x) + 0)}`;
  });
}

const number = (size: number): fc.Arbitrary<number> => fc.double({ min: -size, max: size, noNaN: true });
const row = (size: number): fc.Arbitrary<Row> => fc.tuple(number(size), number(size), number(size));

/** Cells of any shape with some volume; atoms in them, outside of them and on top of each other. */
const drawn: fc.Arbitrary<Drawn> = fc
  .record({
    rows: fc.array(fc.oneof(row(6), row(20), fc.constant([0, 0, 0])), { minLength: 1, maxLength: 7 }),
    cell: fc.tuple(row(6), row(6), row(6)),
    periodic: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    cutoff: fc.double({ min: 0.5, max: 7, noNaN: true }),
  })
  .filter(({ cell }) => {
    const lengths = cell.map((vector) => Math.hypot(...vector));
    return (
      Math.abs(dot(cell[0], cross(cell[1], cell[2]))) > 0.15 * lengths[0] * lengths[1] * lengths[2] &&
      Math.min(...lengths) > 1.5
    );
  });

/** No distance so near the cutoff that rounding decides. */
const isClear = (pairs: readonly { distance: number }[], cutoff: number): boolean =>
  pairs.every(({ distance }) => Math.abs(distance - cutoff) > 1e-6);

describe('neighbours', () => {
  it('are the images that are near, found by looking at all of them', () => {
    fc.assert(
      fc.property(drawn, (given) => {
        const pairs = everyPair(given);
        fc.pre(isClear(pairs, given.cutoff));
        const near = pairs.filter(({ distance }) => distance < given.cutoff).map(({ name }) => name);
        const found = namesOf(find(given), given.cell);
        expect([...found].sort()).toEqual(near.sort());
      }),
      { numRuns: 300 },
    );
  });

  it('come by receiver, then by sender, then by cells along a, b and c', () => {
    fc.assert(
      fc.property(drawn, (given) => {
        const keys = namesOf(find(given), given.cell).map((name) => name.split(/[ ,]/).map(Number));
        const inOrder = [...keys].sort((p, q) => p.reduce((sign, x, k) => sign || x - q[k], 0));
        expect(keys).toEqual(inOrder);
      }),
    );
  });

  it('see each other from both sides, to the last digit of the shift', () => {
    fc.assert(
      fc.property(drawn, (given) => {
        const { senders, receivers, shifts = new Float32Array(3 * senders.length) } = find(given);
        const sides = (sign: number, from: Int32Array, to: Int32Array): string[] =>
          Array.from(
            from,
            (_, e) => `${to[e]} ${from[e]} ${[0, 1, 2].map((k) => sign * shifts[3 * e + k] + 0)}`,
          ).sort();
        expect(sides(1, senders, receivers)).toEqual(sides(-1, receivers, senders));
      }),
    );
  });

  it('are the same atoms whatever their order', () => {
    fc.assert(
      fc.property(drawn, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (given, stream) => {
        const order = given.rows
          .map((_, k) => ({ k, key: stream.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ k }) => k);
        const renamed = namesOf(find({ ...given, rows: order.map((k) => given.rows[k]) }), given.cell).map((name) => {
          const [i, j, cells] = name.split(' ');
          return `${order[Number(i)]} ${order[Number(j)]} ${cells}`;
        });
        expect(renamed.sort()).toEqual(namesOf(find(given), given.cell).sort());
      }),
    );
  });

  it('do not change when atoms are moved by whole cells, but for the shifts, which take it back', () => {
    const whole = fc.tuple(
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ min: -3, max: 3 }),
    );
    fc.assert(
      fc.property(drawn, fc.array(whole, { minLength: 7, maxLength: 7 }), (given, cells) => {
        fc.pre(isClear(everyPair(given), given.cutoff));
        const by = given.rows.map((_, k) => cells[k].map((n, axis) => (given.periodic[axis] ? n : 0)));
        const rows = given.rows.map((at, k) => moved(at, given.cell, by[k]));
        const back = namesOf(find({ ...given, rows }), given.cell).map((name) => {
          const [i, j, ...n] = name.split(/[ ,]/).map(Number);
          return `${i} ${j} ${n.map((count, axis) => count + by[j][axis] - by[i][axis])}`;
        });
        expect(back).toEqual(namesOf(find(given), given.cell));
      }),
    );
  });

  it('turn with everything', () => {
    const given = {
      rows: [
        [0, 0, 0],
        [1, 2, 0.5],
        [3, 0.1, 2],
      ],
      cell: [
        [4, 0, 0],
        [1, 4.5, 0],
        [-1, 0.7, 3.8],
      ],
      periodic: [true, true, true],
      cutoff: 4.1,
    };
    const turn = ([x, y, z]: Row): number[] => [0.6 * x - 0.8 * y, 0.8 * x + 0.6 * y, z];
    const turned = { ...given, rows: given.rows.map(turn), cell: given.cell.map(turn) };
    expect(find(given).senders.length).toBeGreaterThan(20);
    expect(namesOf(find(turned), turned.cell)).toEqual(namesOf(find(given), given.cell));
  });

  it('of copper within three shells are 12, 6 and 24 of its own images', () => {
    const a = 3.615;
    const cell = [0, a / 2, a / 2, a / 2, 0, a / 2, a / 2, a / 2, 0];
    const counts = [0.75, 1.05, 1.3].map(
      (cutoff) => neighbours(new Float64Array(3), { cutoff: cutoff * a, cell }).senders.length,
    );
    expect(counts).toEqual([12, 18, 42]);
  });

  it('without a cell have no shifts; vectors along which a cell does not repeat may be anything', () => {
    const x = Float64Array.of(0, 0, 0, 1, 0, 0, 2.5, 0, 0);
    const plain = neighbours(x, { cutoff: 1.2 });
    expect(plain).toEqual({ senders: Int32Array.of(1, 0), receivers: Int32Array.of(0, 1) });
    const none = neighbours(x, { cutoff: 1.2, cell: Array(9).fill(NaN), periodic: [0, 0, 0] });
    expect(none).toEqual({ ...plain, shifts: new Float32Array(6) });
    const chain = neighbours(x, { cutoff: 1.2, cell: [3, 0, 0, 0, 0, 0, NaN, 0, 0], periodic: [1, 0, 0] });
    expect(chain.shifts).toEqual(Float32Array.of(0, 0, 0, -3, 0, 0, 0, 0, 0, 3, 0, 0));
    expect(neighbours(new Float64Array(), { cutoff: 1, cell: [1, 0, 0, 0, 1, 0, 0, 0, 1] }).senders.length).toBe(0);
  });

  it('are found wherever atoms are: none costs a grid that reaches it', () => {
    const x = Float64Array.of(
      0,
      0,
      0,
      1e15,
      0,
      0,
      1e15,
      1,
      0,
      -1e12,
      1e9,
      0,
      -1e12,
      1e9 + 0.5,
      0,
      2147483647.9,
      0,
      0,
      2147483648.1,
      0,
      0,
    );
    const { senders, receivers } = neighbours(x, { cutoff: 1.5 });
    expect(Array.from(receivers, (i, e) => `${i}${senders[e]}`)).toEqual(['12', '21', '34', '43', '56', '65']);
  });

  it('take work that grows with the edges', () => {
    const count = 20_000;
    const side = Math.cbrt(count / 0.1);
    const rng = Rng.fromSeed(1);
    const x = Float64Array.from({ length: 3 * count }, () => side * rng.uniform());
    const { senders } = neighbours(x, { cutoff: 5, cell: [side, 0, 0, 0, side, 0, 0, 0, side] });
    const expected = count * 0.1 * (4 / 3) * Math.PI * 125;
    expect(senders.length / expected).toBeCloseTo(1, 1);
  });
});

const cube = [2, 0, 0, 0, 2, 0, 0, 0, 2];

test.each<[string, () => unknown]>([
  ['y of atom 1 is NaN', () => neighbours(Float64Array.of(0, 0, 0, 1, NaN, 0), { cutoff: 1 })],
  ['x of atom 0 is Infinity', () => neighbours(Float32Array.of(Infinity, 0, 0), { cutoff: 1 })],
  ['4 coordinates are not three an atom', () => neighbours(new Float64Array(4), { cutoff: 1 })],
  ['the cutoff must be a number above 0, not 0', () => neighbours(new Float64Array(3), { cutoff: 0 })],
  ['the cutoff must be a number above 0, not -1', () => neighbours(new Float64Array(3), { cutoff: -1 })],
  ['the cutoff must be a number above 0, not NaN', () => neighbours(new Float64Array(3), { cutoff: NaN })],
  ['the cutoff must be a number above 0, not Infinity', () => neighbours(new Float64Array(3), { cutoff: Infinity })],
  ['what is periodic needs a cell', () => neighbours(new Float64Array(3), { cutoff: 1, periodic: [1, 0, 0] })],
  [
    'a cell has 9 numbers (a, b and c, row by row), not 3',
    () => neighbours(new Float64Array(3), { cutoff: 1, cell: [1, 1, 1] }),
  ],
  ['periodic has 3 entries', () => neighbours(new Float64Array(3), { cutoff: 1, cell: cube, periodic: [1] })],
  [
    'the cell is singular: its periodic vectors, a = (1, 0, 0), b = (0, 1, 0), c = (1, 1, 0), span no volume',
    () => neighbours(new Float64Array(3), { cutoff: 1, cell: [1, 0, 0, 0, 1, 0, 1, 1, 0] }),
  ],
  [
    'b = (0, 0, 0), c = (0, 0, 1), span no volume',
    () => neighbours(new Float64Array(3), { cutoff: 1, cell: [1, 0, 0, 0, 0, 0, 0, 0, 1] }),
  ],
  [
    'the cell is singular',
    () => neighbours(new Float64Array(3), { cutoff: 1, cell: [1, 0, 0, 2, 0, 0, 0, 0, 1], periodic: [1, 1, 0] }),
  ],
  ['the cell is singular', () => neighbours(new Float64Array(3), { cutoff: 1, cell: [NaN, 0, 0, 0, 1, 0, 0, 0, 1] })],
  ['images of its 1 atoms: too many', () => neighbours(new Float64Array(3), { cutoff: 1e4, cell: cube })],
  ['the cutoff must be a number above 0, not -2', () => neighbourGraph([1, 1], new Float64Array(6), { cutoff: -2 })],
  ['geometry 1: z of atom 0 is NaN', () => neighbourGraph([1, 1], Float64Array.of(0, 0, 0, 0, 0, NaN), { cutoff: 1 })],
  ['geometry 1 has 0 atoms', () => neighbourGraph([1, 0], new Float64Array(3), { cutoff: 1 })],
  [
    'the geometries have 2 atoms, but there are positions of 3',
    () => neighbourGraph([1, 1], new Float64Array(9), { cutoff: 1 }),
  ],
  ['geometry 1: a cell has 9 numbers', () => neighbourGraph([1, 1], new Float64Array(6), { cutoff: 1, cells: cube })],
])('%s: is refused', (message, find) => {
  expect(find).toThrow(RangeError);
  expect(find).toThrow(message);
});

describe('the graph of several geometries', () => {
  const x = Float64Array.from({ length: 3 * 9 }, (_, k) => 3 * Math.abs(Math.sin(5 * k)));
  const sizes = [2, 1, 6];
  const places = [x.subarray(0, 6), x.subarray(6, 9), x.subarray(9)];

  it('holds the neighbours of each', () => {
    const graph = neighbourGraph(sizes, x, { cutoff: 2.5 });
    const parts = places.map((rows, k) => {
      const { senders, receivers } = neighbours(rows, { cutoff: 2.5 });
      return createGraph(sizes[k], senders, receivers);
    });
    expect(graph).toEqual(batchGraphs(parts));
    expect(graph.senders.length).toBeGreaterThan(5);
  });

  it('joins shifts, where each geometry has a cell or none', () => {
    const cells = [...cube, ...Array<number>(9).fill(0), 4, 0, 0, 1, 3, 0, 0, 0, 5];
    const periodic = Uint8Array.of(1, 1, 1, 0, 0, 0, 1, 1, 0);
    const graph = neighbourGraph(Int32Array.from(sizes), x, { cutoff: 2.5, cells, periodic });
    const parts = places.map((rows, k) =>
      neighbours(rows, {
        cutoff: 2.5,
        cell: cells.slice(9 * k, 9 * k + 9),
        periodic: periodic.slice(3 * k, 3 * k + 3),
      }),
    );
    expect(graph.shifts).toEqual(Float32Array.from(parts.flatMap(({ shifts }) => [...(shifts ?? [])])));
    expect(graph.senders.length).toBe(parts.reduce((sum, { senders }) => sum + senders.length, 0));
    expect(parts[1].senders.length).toBe(0);
    expect(createGraph(9, graph.senders, graph.receivers, Int32Array.from(graph.graphOfNode))).toMatchObject({
      graphs: 3,
    });
  });
});

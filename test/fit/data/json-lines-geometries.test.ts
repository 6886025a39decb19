import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/errors.js';
import { GeometrySetBuilder } from '../../../src/fit/data/geometry-builder.js';
import { read } from '../../../src/fit/data/json-lines-geometries.js';

async function reading(...lines: (object | string)[]) {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const builder = new GeometrySetBuilder();
  for await (const geometry of read(
    (async function* () {
      yield new TextEncoder().encode(text);
    })(),
    'in.jsonl',
  ))
    builder.add(geometry);
  return builder.build();
}

const [species, positions] = [
  ['A', 'B', 'B'],
  [
    [0, 0, 0],
    [1, 2, 3],
    [4, 5, 6],
  ],
];
const { NaN: none } = Number;

describe('JSON lines', () => {
  it('hold geometries with numbers of atoms and of all', async () => {
    const set = await reading(
      {
        ...{
          species,
          positions,
          cell: [
            [5, 0, 0],
            [1, 6, 0],
            [0, 0, 7],
          ],
          pbc: [true, false, true],
          energy: -1.5,
        },
        ...{
          dipole: [1, 2, 3],
          forces: positions,
          nodes: {
            shift: [1, null, 3],
            tensor: [
              [
                [1, 2],
                [3, 4],
              ],
              [5, 6, 7, 8],
              [9, 9, 9, 9],
            ],
          },
        },
        ...{ name: 'first', flag: true, odd: [1, 'a'], gone: null },
      },
      '',
      { numbers: [6], positions: [[0, 0, 1]], cell: [2, 3, 4], energy: null, dipole: [null, 0, 0] },
    );
    expect(set.speciesNames).toEqual(['A', 'B', 'C']);
    expect([...(set.cells ?? [])]).toEqual([5, 0, 0, 1, 6, 0, 0, 0, 7, 2, 0, 0, 0, 3, 0, 0, 0, 4]);
    expect([...(set.periodic ?? [])]).toEqual([1, 0, 1, 1, 1, 1]);
    const plain = (columns: typeof set.ofNodes) =>
      Object.fromEntries(Object.entries(columns).map(([name, { width, data }]) => [name, [width, ...data]]));
    expect(plain(set.ofGraphs)).toEqual({
      ...{ energy: [1, -1.5, none], dipole: [3, 1, 2, 3, none, 0, 0], flag: [1, 1, none] },
    });
    expect(plain(set.ofNodes)).toEqual({
      forces: [3, 0, 0, 0, 1, 2, 3, 4, 5, 6, none, none, none],
      shift: [1, 1, none, 3, none],
      tensor: [4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9, none, none, none, none],
    });
    expect(set.texts).toEqual({ name: ['first', ''] });
    expect(set.setAside.ofGraphs).toEqual({ odd: 'is [1,"a"] in in.jsonl:1, no numbers' });
    expect(set.sources.map(({ line }) => line)).toEqual([1, 3]);
  });

  it.each<[object | string, string]>([
    ['{"species": [', 'in.jsonl:1: the line is no JSON; expected one object a line'],
    ['[1, 2]', 'in.jsonl:1: expected an object, found [1,2]'],
    [
      { positions, specie: species },
      'there is neither species nor numbers (did you mean "specie"?); it has positions, specie',
    ],
    [{ species: 'CO', positions }, 'in.jsonl:1: species is "CO"; expected a list of names'],
    [{ numbers: [1, 2, 300], positions }, 'in.jsonl:1: the number of atom 3 is 300, no element'],
    [{ species }, 'in.jsonl:1: there are no positions'],
    [{ species, positions: [[0, 0, 0]] }, 'in.jsonl:1: positions has 1 row; expected one for each of 3 atoms'],
    [
      {
        species,
        positions: [
          [0, 0],
          [0, 1],
          [1, 1],
        ],
      },
      'in.jsonl:1: positions has 2 numbers an atom, not 3',
    ],
    [
      {
        species,
        positions: [
          [0, 0, 0],
          [0, 0],
          [0, 0, 1],
        ],
      },
      'positions of atom 2 has 2 numbers, others 3',
    ],
    [
      {
        species,
        positions: [
          [0, 0, 0],
          [0, 0, null],
          [0, 0, 1],
        ],
      },
      'the position of atom 2 is NaN, no finite number',
    ],
    [{ species, positions, forces: [1, 2] }, 'in.jsonl:1: forces has 2 rows; expected one for each of 3 atoms'],
    [{ species, positions, nodes: { a: [1, 'x', 2] } }, 'in.jsonl:1: nodes.a of atom 2 is "x", no numbers'],
    [{ species, positions, nodes: [1] }, 'in.jsonl:1: nodes is [1]; expected an object of lists'],
    [{ species, positions, cell: [1, 2] }, 'in.jsonl:1: cell is [1,2]; expected three vectors of three numbers'],
    [{ species, positions, cell: [1, 2, 3], pbc: 'TTF' }, 'in.jsonl:1: pbc is "TTF"; expected [true, true, false]'],
    [{ species: [], positions: [] }, 'in.jsonl:1: the geometry has no atoms'],
  ])('are refused: %j', async (line, message) => {
    await expect(reading(line)).rejects.toThrow(UserError);
    await expect(reading(line)).rejects.toThrow(message);
  });
});

import { expect, test } from 'vitest';
import { formatExtendedXyz, parseExtendedXyz } from '../../../src/files/extended-xyz.js';
import { movedStructures, structuresOfSystems, systemsOfStructures } from '../../../src/newton/data/xyz-systems.js';
import { randomSystems } from '../../../src/newton/networks/random-systems.js';
import { Rng } from '../../../src/random/generator.js';

const columns = 'Properties=species:S:1:pos:R:3:vel:R:3:charge:R:1';
const text = `2
${columns}:mass:R:1 id=first
A 0.1 0 0 1 2 3 1 4
B 1 0 0 4 5 6 -1 5
1
${columns}
A 7 8 9 0 0 0 2
`;
const structures = parseExtendedXyz(text, 'x.xyz', { required: ['velocities', 'charges'] });

test('structures become systems of their sizes', () => {
  expect(systemsOfStructures(structures, { magnetic: [1, 2, 3] })).toEqual({
    sizes: [2, 1],
    positions: Float32Array.of(0.1, 0, 0, 1, 0, 0, 7, 8, 9),
    velocities: Float32Array.of(1, 2, 3, 4, 5, 6, 0, 0, 0),
    charges: Float32Array.of(1, -1, 2),
    fields: { magnetic: Float32Array.of(1, 2, 3, 1, 2, 3) },
  });
});

test('systems become structures that a file gives back to the last bit', () => {
  const { fields: _, ...systems } = randomSystems(Rng.fromSeed(1), [4, 1, 3]);
  const written = formatExtendedXyz(structuresOfSystems(systems, { id: 'mine' }));
  const read = parseExtendedXyz(written, 'z.xyz', { required: ['velocities', 'charges'] });
  expect(systemsOfStructures(read)).toEqual({ ...systems, fields: {} });
  expect(read.map(({ info }) => info)).toEqual([{ id: 'mine' }, { id: 'mine' }, { id: 'mine' }]);
});

test('so do the numbers of pairs, as columns', () => {
  const { fields: _, ...systems } = randomSystems(Rng.fromSeed(1), [4, 1, 3], { edges: true });
  const written = formatExtendedXyz(structuresOfSystems(systems));
  expect(written).toContain('charge:R:1:edges:R:4\n');
  const told = { edges: true };
  expect(systemsOfStructures(parseExtendedXyz(written, 'z.xyz'), {}, told)).toEqual({ ...systems, fields: {} });
  const broken = parseExtendedXyz(written.replace('edges:R:4', 'springs:R:4'), 'z.xyz');
  expect(() => systemsOfStructures(broken, {}, told)).toThrow('a system of 4 bodies has 0 columns of edges');
  // A network that is told nothing of pairs does not look at a column of that name, whatever it is.
  const other = parseExtendedXyz(
    '1\nProperties=species:S:1:pos:R:3:vel:R:3:charge:R:1:edges:R:2\nA 0 0 0 1 2 3 1 7 8\n',
    'o.xyz',
  );
  expect(systemsOfStructures(other).edges).toBeUndefined();
});

test('predictions go back into the structures, with the shortest digits', () => {
  const predicted = Float32Array.of(0.3, 0, 0, 1, 0.7, 0, 7, 8, 1 / 3);
  const written = formatExtendedXyz(movedStructures(structures, { positions: predicted }, { time_span: '1' }));
  expect(written).toBe(`2
Properties=species:S:1:pos:R:3:charge:R:1:mass:R:1:displacement:R:3 id=first time_span=1
A 0.3 0 0 1 4 0.2 0 0
B 1 0.7 0 -1 5 0 0.7 0
1
Properties=species:S:1:pos:R:3:charge:R:1:displacement:R:3 time_span=1
A 7 8 0.33333334 2 0 0 -8.666667
`);
  const read = parseExtendedXyz(written, 'y.xyz').flatMap(({ positions }) => [...positions]);
  expect(Float32Array.from(read)).toEqual(predicted);
});

test('velocities that are predicted take the place of the old ones', () => {
  const positions = Float32Array.of(0, 0, 0, 1, 0, 0, 7, 8, 9);
  const velocities = positions.map((x) => 2 - x);
  const read = systemsOfStructures(movedStructures(structures, { positions, velocities }, {}));
  expect(read).toMatchObject({ positions, velocities });
});

test('a prediction that is no number is refused', () => {
  const positions = new Float32Array(9).fill(Number.NaN, 7, 8);
  expect(() => movedStructures(structures, { positions }, {})).toThrow(
    'predicts NaN for body 1 of system 2 (counted from 1)',
  );
});

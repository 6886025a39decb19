import { expect, test } from 'vitest';
import { formatExtendedXyz, parseExtendedXyz } from '../../../src/files/extended-xyz.js';
import { trajectoryStructures } from '../../../src/newton/data/xyz-trajectories.js';

const structures = parseExtendedXyz(
  `2
Properties=species:S:1:pos:R:3:vel:R:3:charge:R:1:mass:R:1 id=first time=2
A 0 0 0 1 0 0 1 4
B 1 0 0 0 1 0 -1 5
1
Properties=species:S:1:pos:R:3:charge:R:1:vel:R:3
C 7 8 9 2 0 0 1
`,
  'x.xyz',
);
const states = [1, 3].map((step) => ({
  step,
  positions: Float32Array.from({ length: 9 }, (_, k) => step + k / 10),
  velocities: Float32Array.from({ length: 9 }, (_, k) => -step - k / 10),
}));

test('a trajectory is a structure a state, system after system, from the start on', () => {
  const written = formatExtendedXyz(trajectoryStructures(structures, states, { info: { by: 'me' }, timeSpan: 0.1 }));
  expect(written).toBe(`2
Properties=species:S:1:pos:R:3:vel:R:3:charge:R:1:mass:R:1 id=first time=2 system=1 step=0
A 0 0 0 1 0 0 1 4
B 1 0 0 0 1 0 -1 5
2
Properties=species:S:1:pos:R:3:vel:R:3:charge:R:1:mass:R:1 id=first time=2.1 by=me system=1 step=1
A 1 1.1 1.2 -1 -1.1 -1.2 1 4
B 1.3 1.4 1.5 -1.3 -1.4 -1.5 -1 5
2
Properties=species:S:1:pos:R:3:vel:R:3:charge:R:1:mass:R:1 id=first time=2.3 by=me system=1 step=3
A 3 3.1 3.2 -3 -3.1 -3.2 1 4
B 3.3 3.4 3.5 -3.3 -3.4 -3.5 -1 5
1
Properties=species:S:1:pos:R:3:charge:R:1:vel:R:3 system=2 step=0 time=0
C 7 8 9 2 0 0 1
1
Properties=species:S:1:pos:R:3:charge:R:1:vel:R:3 by=me system=2 step=1 time=0.1
C 1.6 1.7 1.8 2 -1.6 -1.7 -1.8
1
Properties=species:S:1:pos:R:3:charge:R:1:vel:R:3 by=me system=2 step=3 time=0.3
C 3.6 3.7 3.8 2 -3.6 -3.7 -3.8
`);
});

test('where the time of a step is not known, none is said', () => {
  const [start, first] = trajectoryStructures(structures.slice(1), states.slice(0, 1));
  expect(start.info).toEqual({ system: '1', step: '0' });
  expect(first.info).toEqual({ system: '1', step: '1' });
  const [, later] = trajectoryStructures(structures.slice(0, 1), states.slice(0, 1));
  expect(later.info).toEqual({ id: 'first', system: '1', step: '1' });
});

test('times go on from that of the structure, however it is written', () => {
  const [{ info, ...structure }] = structures;
  const { time: Time, ...others } = info;
  const [start, later] = trajectoryStructures([{ ...structure, info: { ...others, Time } }], states.slice(0, 1), {
    timeSpan: 0.5,
  });
  expect([start.info.time, later.info.time, start.info.Time, later.info.Time]).toEqual([
    '2',
    '2.5',
    undefined,
    undefined,
  ]);
});

import { describe, expect, it } from 'vitest';
import { parseExtendedXyz } from '../../../src/files/extended-xyz.js';
import { type BodyTrajectory, trajectoriesOf } from '../../../src/newton/data/body-trajectory.js';
import { splitTrajectories } from '../../../src/newton/data/split-trajectories.js';
import { systemsOfWindows, windowsOfTrajectories } from '../../../src/newton/data/windows.js';

const columns = { scalars: ['mass'], vectors: ['spin'] };
const header = 'Properties=species:S:1:pos:R:3:vel:R:3:mass:R:1:spin:R:3';

/** A structure whose bodies lie at x = number + their number / 8, with mass 2 x and spin −x. */
function structure(number: number, bodies: number, info: string, more = header): string {
  const rows = Array.from({ length: bodies }, (_, body) => {
    const x = number + body / 8;
    return `X ${x} 0 0 0 ${x} 0 ${2 * x} 0 0 ${-x}`;
  });
  return `${[bodies, `${more} ${info}`, ...rows].join('\n')}\n`;
}
const read = (text: string, groupBy = 'trajectory'): BodyTrajectory[] =>
  trajectoriesOf(parseExtendedXyz(text, 'x.xyz'), 'x.xyz', { groupBy, columns });
const xOf = ({ positions }: BodyTrajectory): number[] => [...positions.filter((_, k) => k % 3 === 0)];
const many = (infos: readonly string[], bodies = 1): string =>
  infos.map((info, k) => structure(k, bodies, info)).join('');

describe('structures', () => {
  it('of one name are one trajectory, wherever they stand', () => {
    const text = structure(0, 2, 'trajectory=a') + structure(5, 3, 'trajectory=b') + structure(1, 2, 'trajectory=a');
    const [a, b] = read(text);
    expect(a).toMatchObject({ name: 'x.xyz, a', bodies: 2, snapshots: 2, spacing: undefined });
    expect(xOf(a)).toEqual([0, 0.125, 1, 1.125]);
    expect([...a.velocities].filter((_, k) => k % 3 === 1)).toEqual([0, 0.125, 1, 1.125]);
    expect([...a.columns['scalars.mass']]).toEqual([0, 0.25, 2, 2.25]);
    expect([...a.columns['vectors.spin']].filter((_, k) => k % 3 === 2)).toEqual([0, -0.125, -1, -1.125]);
    expect(a.charges).toBeUndefined();
    expect(b).toMatchObject({ name: 'x.xyz, b', bodies: 3, snapshots: 1 });
    expect(read(text.replaceAll('trajectory=', 'run='), 'run')).toHaveLength(2);
  });

  it('without a name are one, until time begins anew', () => {
    expect(read(many(['', '', ''])).map(({ snapshots }) => snapshots)).toEqual([3]);
    const parts = read(many(['time=0.5', 'time=1', 'time=1.5', 'time=0', 'time=0.5']));
    expect(parts.map(({ name, spacing }) => [name, spacing])).toEqual([
      ['x.xyz, part 1', 0.5],
      ['x.xyz, part 2', 0.5],
    ]);
    expect(parts.map(xOf)).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
  });

  it.each([
    [structure(0, 2, '') + structure(1, 3, ''), 'x.xyz: structure 2 has other bodies than structure 1'],
    [structure(0, 1, '') + structure(1, 1, '').replace('X', 'Y'), 'structure 2 has other bodies than structure 1'],
    [many(['trajectory=a', '']), 'x.xyz: structure 2 has no trajectory=NAME in its comment line, others have'],
    [many(['time=0', 'time=1', 'time=3']), 'structure 2 comes 1 after the one before, on average it is 1.5'],
    [many(['time=0', 'time=1', '']), 'structure 3 has no time=… in its comment line, others of its trajectory have'],
    [many(['time=soon', 'time=1']), 'x.xyz: structure 1: time must be a number, not "soon"'],
    [many(['']).replace(':mass:', ':mas:'), 'structure 1 has no column mass (did you mean "mas"?); it has positions, '],
    [many(['']).replace('mass:R:1:spin:R:3', 'spin:R:1:mass:R:3'), '3 numbers a body in column mass, one expected'],
    [many(['']).replace(/0 0 0\n/, '0 0 1e300\n'), 'holds 1e+300 in column spin, more than float32 can hold'],
  ])('are refused: %#', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

describe('windows of trajectories of any sizes', () => {
  const trajectories = read(many(['', '', '', ''], 2)).concat(read(many(['', '', ''], 3)));

  it('are the systems at their inputs, and where their bodies come to be', () => {
    const { systems, targets } = systemsOfWindows(
      windowsOfTrajectories(trajectories, { input: 0, target: 2, windows: 'all' }),
    );
    expect(systems.sizes).toEqual([2, 2, 3]);
    expect([...systems.positions].filter((_, k) => k % 3 === 0)).toEqual([0, 0.125, 1, 1.125, 0, 0.125, 0.25]);
    expect([...targets].filter((_, k) => k % 3 === 0)).toEqual([2, 2.125, 3, 3.125, 2, 2.125, 2.25]);
    expect([...systems.charges]).toEqual(new Array<number>(7).fill(0));
    expect([...(systems.columns?.['scalars.mass'] ?? [])]).toEqual([0, 0.25, 2, 2.25, 0, 0.25, 0.5]);
    expect(systems.columns?.['vectors.spin']).toHaveLength(21);
  });

  it('are asked of every trajectory', () => {
    expect(() => windowsOfTrajectories(trajectories, { input: 0, target: 2, windows: 2 })).toThrow(
      'data.windows asks for 2 windows of x.xyz, there are 1; give data.windows all',
    );
    expect(() => windowsOfTrajectories(trajectories, { input: 0, target: 3 })).toThrow(
      'x.xyz: there is no snapshot 3, the trajectory has 3, counted from 0',
    );
  });
});

describe('splits of trajectories', () => {
  const names = Array.from({ length: 20 }, (_, k) => k);
  const shares = { valid: 0.1, test: 0.2, seed: 1 };

  it('are of the shares, of all and of each once, by the seed', () => {
    const { train, valid, test } = splitTrajectories(names, shares);
    expect([train.length, valid.length, test.length]).toEqual([14, 2, 4]);
    expect([...train, ...valid, ...test].sort((a, b) => a - b)).toEqual(names);
    expect(splitTrajectories(names, shares)).toEqual({ train, valid, test });
    expect(splitTrajectories(names, { ...shares, seed: 2 }).test).not.toEqual(test);
    expect(splitTrajectories([1, 2, 3], shares).train).toHaveLength(1);
  });

  it('have one trajectory each at least', () => {
    expect(() => splitTrajectories([1, 2], shares)).toThrow(
      'there are 2 trajectories, but training, validation and test',
    );
    expect(() => splitTrajectories([1], shares)).toThrow('there is 1 trajectory, but');
    expect(() => splitTrajectories(names, { ...shares, valid: 0.8 })).toThrow(
      '16 trajectories for validation and 4 for test leave none of 20 to train on',
    );
  });
});

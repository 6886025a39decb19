import { describe, expect, it } from 'vitest';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { handInSpace, sideInSpace, stereoChanges } from '../../../src/molecules/stereo/stereo-in-space.js';

describe('handInSpace', () => {
  // Corners 1, 2, 3 below, anticlockwise as seen from corner 0 above: the order of `@`, a positive volume.
  const positions = Float32Array.of(0, 0, 1, 1, 0, -0.3, -0.5, 0.87, -0.3, -0.5, -0.87, -0.3);

  it('is the sign of the volume', () => {
    expect(handInSpace({ around: [0, 1, 2, 3] }, positions)).toBe(1);
    expect(handInSpace({ around: [1, 0, 2, 3] }, positions)).toBe(-1);
    expect(
      handInSpace(
        { around: [0, 1, 2, 3] },
        positions.map((x) => -x),
      ),
    ).toBe(-1);
  });

  it('is 0 for four atoms in a plane, whatever their distances', () => {
    const flat = Float32Array.of(0, 0, 0, 3, 0, 0, 0, 3, 0, 3, 3, 0.02);
    expect(handInSpace({ around: [0, 1, 2, 3] }, flat)).toBe(0);
    expect(
      handInSpace(
        { around: [0, 1, 2, 3] },
        flat.map((x) => x / 10),
      ),
    ).toBe(0);
    expect(handInSpace({ around: [0, 0, 1, 2] }, flat)).toBe(0);
  });
});

describe('sideInSpace', () => {
  /** F–C=C–F turned by an angle: 0 is cis. */
  const difluoroethene = (degrees: number) => {
    const angle = (degrees * Math.PI) / 180;
    return Float32Array.of(-0.5, 1, 0, 0, 0, 0, 1.3, 0, 0, 1.8, Math.cos(angle), Math.sin(angle));
  };

  it.each([
    [0, 'cis'],
    [30, 'cis'],
    [79, 'cis'],
    [85, 'open'],
    [95, 'open'],
    [101, 'trans'],
    [180, 'trans'],
    [-140, 'trans'],
  ])('tells a double bond turned by %i degrees: %s', (degrees, side) => {
    expect(sideInSpace({ atoms: [0, 1, 2, 3] }, difluoroethene(degrees))).toBe(side);
  });

  it('is open where atoms are in line', () => {
    expect(sideInSpace({ atoms: [0, 1, 2, 3] }, Float32Array.of(0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 1, 0))).toBe('open');
  });
});

it('stereoChanges tells what is not as the molecule has it', () => {
  const { stereoBonds } = parseSmiles('F/C=C/F');
  const cis = Float32Array.of(-0.5, 1, 0, 0, 0, 0, 1.3, 0, 0, 1.8, 1, 0, -0.5, -1, 0, 1.8, -1, 0);
  expect(stereoChanges({ centres: [], stereoBonds }, cis)).toEqual([{ bond: stereoBonds[0] }]);
  const open = stereoBonds.map((bond) => ({ ...bond, side: 'open' as const }));
  expect(stereoChanges({ centres: [], stereoBonds: open }, cis)).toEqual([]);
});

import { expect, it } from 'vitest';
import { energyScale, rootMeanSquare, standardDeviation } from '../../src/fit/energy-scale.js';

const none = Number.NaN;
const sizes = Int32Array.of(1, 2, 1);

it('the scale of energies is that of the forces', () => {
  expect(energyScale({ sizes }, [0, 0, 0], [3, -4, none])).toEqual({ scale: Math.sqrt(12.5), from: 'forces' });
});

it('without forces it is the standard deviation of the energy per atom', () => {
  // Per atom 1, 3 and 5: the mean is 3, the variance 8 / 3.
  expect(energyScale({ sizes }, [1, 6, 5])).toEqual({ scale: Math.sqrt(8 / 3), from: 'energies' });
  expect(energyScale({ sizes }, [1, 6, none], [none, none, none])).toEqual({ scale: 1, from: 'energies' });
  expect(energyScale({ sizes }, [1, 6, 5], [0, 0, 0]).from).toBe('energies');
});

it('is 1 where nothing says more', () => {
  expect(energyScale({ sizes }, [1, 2, 1])).toEqual({ scale: 1, from: 'none' });
  expect(energyScale({ sizes }, [none, none, none])).toEqual({ scale: 1, from: 'none' });
});

it('means do not count what is missing', () => {
  expect(rootMeanSquare([3, none, 3])).toBe(3);
  expect(standardDeviation([1, none, 5])).toBe(2);
  expect(rootMeanSquare([])).toBeNaN();
});

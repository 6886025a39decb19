import { Color } from 'three';

/** Colours that can be told apart on a light ground and on a dark one, by atomic number. */
const COLOURS: Readonly<Record<number, string>> = {
  1: '#c9d0d9',
  5: '#d98f8f',
  6: '#79828e',
  7: '#4a74f5',
  8: '#e5453b',
  9: '#45b35c',
  14: '#b8955a',
  15: '#e07b1f',
  16: '#d8b31c',
  17: '#3ba54f',
  35: '#a8452f',
  53: '#8b48b8',
};

/** Balls in ångström; small enough to see the bonds between them. */
const RADII: Readonly<Record<number, number>> = { 1: 0.21, 6: 0.32, 7: 0.32, 8: 0.31, 9: 0.3 };

export const colourOf = (atomicNumber: number): Color => new Color(COLOURS[atomicNumber] ?? '#a0578f');

export const radiusOf = (atomicNumber: number): number => RADII[atomicNumber] ?? 0.4;

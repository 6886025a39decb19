import { elementSymbol } from '../../molecules/elements.js';
import type { Molecule } from '../../molecules/molecule.js';
import type { Point3 } from '../projection.js';
import type { Mark, Scene, Wire } from '../scatter-3d.js';
import { facing } from './facing.js';

/** A conformer in a picture. */
export interface DrawnShape {
  /** [atoms · 3], Å. */
  readonly positions: ArrayLike<number>;
  /** What the tips call it, such as `generated`. */
  readonly name: string;
  /** Balls and sticks in the colours of the elements, or thick pale sticks of one colour. */
  readonly style: 'balls' | 'shade';
  /** CSS classes of all its parts, such as a colour for `shade`. */
  readonly className?: string;
}

/** Width of the picture's contents in pixels, a little more than that of the scene. */
const REACH = 195;
/** Radii of balls in Å: hydrogen, others. */
const RADII = { light: 0.15, heavy: 0.26 } as const;
/** Distance of the lines of a double bond from its axis, Å. */
const APART = 0.1;

/**
 * Conformers of one molecule in one picture, as they lie to each other. The view is turned so that `front`, by default
 * the first one, is seen from its flattest side, the longest way across.
 */
export function moleculeScene(
  label: string,
  molecule: Molecule,
  shapes: readonly DrawnShape[],
  front: ArrayLike<number> = shapes[0].positions,
): Scene {
  const { turn, reach } = facing(front, molecule.atomicNumbers.length);
  const drawn = shapes.map(({ positions, ...shape }) => ({ ...shape, points: turn(positions) }));
  const balls = drawn.filter(({ style }) => style === 'balls');
  return {
    label,
    marks: balls.flatMap(({ points, name, className }) => ballsOf(molecule, points, reach, name, className)),
    wires: drawn.flatMap((shape) => sticksOf(molecule, shape.points, shape.style, sizeClass(reach), shape.className)),
    cage: false,
  };
}

/** Lines are as wide as the molecule is small. */
function sizeClass(reach: number): string {
  if (reach < 4) return 'wide';
  return reach < 7 ? 'medium' : 'narrow';
}

function ballsOf(
  { atomicNumbers }: Molecule,
  points: readonly Point3[],
  reach: number,
  name: string,
  className = '',
): Mark[] {
  return points.map((at, atom) => {
    const isLight = atomicNumbers[atom] === 1;
    const symbol = elementSymbol(atomicNumbers[atom]);
    return {
      at,
      radius: Math.max(1.5, ((isLight ? RADII.light : RADII.heavy) * REACH) / reach),
      className: `atom ${elementClass(atomicNumbers[atom])} ${isLight ? 'light ' : ''}${className}`.trim(),
      title: `${symbol}${atom + 1}, ${name}`,
    };
  });
}

/** The CSS class with the colour of an element. */
export const elementClass = (atomicNumber: number): string =>
  COLOURED.has(atomicNumber) ? `el-${elementSymbol(atomicNumber)}` : 'el-other';

const COLOURED = new Set([1, 5, 6, 7, 8, 9, 14, 15, 16, 17, 35, 53]);

function sticksOf(
  molecule: Molecule,
  points: readonly Point3[],
  style: DrawnShape['style'],
  size: string,
  className = '',
): Wire[] {
  const { bonds, atomicNumbers } = molecule;
  return Array.from(bonds.type, (type, k): Wire[] => {
    const [i, j] = [bonds.begin[k], bonds.end[k]];
    const light = atomicNumbers[i] === 1 || atomicNumbers[j] === 1 ? ' light' : '';
    const common = `${style === 'balls' ? 'stick' : 'shade'} ${size}${light}${className && ` ${className}`}`;
    if (style === 'shade') return [{ through: [points[i], points[j]], className: common, amongMarks: true }];
    const aside = sideways(molecule, points, i, j);
    return strokes(type).flatMap(({ offset, kind }) => {
      const [from, to] = [points[i], points[j]].map((point) => shifted(point, aside, offset));
      const middle = shifted(from, [to[0] - from[0], to[1] - from[1], to[2] - from[2]], 0.5);
      const half = (through: readonly Point3[], atom: number): Wire => ({
        through,
        className: `${common} ${kind} ${elementClass(atomicNumbers[atom])}`,
        amongMarks: true,
      });
      return [half([from, middle], i), half([middle, to], j)];
    });
  }).flat();
}

/** The lines of a bond: where they run beside its axis, and how they look. */
function strokes(type: number): readonly { offset: number; kind: string }[] {
  if (type === 2) return [-APART, APART].map((offset) => ({ offset, kind: 'multiple' }));
  if (type === 3) return [-1.5 * APART, 0, 1.5 * APART].map((offset) => ({ offset, kind: 'multiple' }));
  const single = { offset: 0, kind: 'single' };
  return type === 12 ? [single, { offset: 2 * APART, kind: 'aromatic' }] : [single];
}

const shifted = ([x, y, z]: Point3, [a, b, c]: Point3, by: number): Point3 => [x + by * a, y + by * b, z + by * c];

/** A direction of length 1 across a bond, in the plane of its neighbours, towards one of them: of its ring, if any. */
function sideways({ bonds }: Molecule, points: readonly Point3[], i: number, j: number): Point3 {
  const along = unit(minus(points[j], points[i]));
  const around = Array.from(bonds.type, (type, k) => ({ type, a: bonds.begin[k], b: bonds.end[k] }))
    .filter(({ a, b }) => [a, b].includes(i) !== [a, b].includes(j))
    .sort((first, second) => second.type - first.type)
    .map(({ a, b }) => minus(points[a === i || a === j ? b : a], points[i]));
  const across = [...around, [1, 0, 0] as const, [0, 1, 0] as const].map((vector) =>
    shifted(vector, along, -dot(vector, along)),
  );
  return unit(across.find((vector) => dot(vector, vector) > 0.05) ?? [0, 0, 1]);
}

const minus = (a: Point3, b: Point3): Point3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Point3, b: Point3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const unit = (v: Point3): Point3 => shifted([0, 0, 0], v, 1 / (Math.hypot(...v) || 1));

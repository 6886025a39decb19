import { bondType, type Topology, topologyOf } from '../bond-graph/topology.js';
import type { Molecule } from '../molecule.js';
import { type IdealAngle, idealAngle } from './angles.js';
import { type AtomShape, atomShapes } from './atom-shapes.js';
import { idealLength } from './lengths.js';

/** What the bonds of a molecule alone say of its shape. */
export interface IdealGeometry {
  readonly molecule: Molecule;
  readonly topology: Topology;
  readonly shapes: readonly AtomShape[];
  /** The usual length of a bond in ångström. */
  readonly length: (i: number, j: number) => number;
  /** The usual angle i–j–k; undefined where anything may be. */
  readonly angle: (i: number, j: number, k: number) => IdealAngle | undefined;
}

export function idealGeometry(molecule: Molecule): IdealGeometry {
  const topology = topologyOf(molecule);
  const shapes = atomShapes(molecule, topology);
  return {
    molecule,
    topology,
    shapes,
    length: (i, j) => lengthOf(molecule, topology, shapes, i, j),
    angle: (i, j, k) => idealAngle(molecule, topology, shapes, [i, j, k]),
  };
}

/** The distance of the ends of a path of two bonds in ångström, by the law of cosines. */
export function acrossAngle(first: number, second: number, degrees: number): number {
  const cosine = Math.cos((degrees * Math.PI) / 180);
  return Math.sqrt(Math.max(0, first * first + second * second - 2 * first * second * cosine));
}

/**
 * The distance of the ends of a path of three bonds.
 * @param lengths in ångström
 * @param angles the two angles between them in degrees
 * @param torsion in degrees
 */
export function acrossTorsion(
  [first, middle, last]: readonly [number, number, number],
  angles: readonly [number, number],
  torsion: number,
): number {
  const [alpha, beta, phi] = [...angles, torsion].map((degrees) => (degrees * Math.PI) / 180);
  const along = middle - first * Math.cos(alpha) - last * Math.cos(beta);
  const [u, v] = [first * Math.sin(alpha), last * Math.sin(beta)];
  return Math.sqrt(along * along + u * u + v * v - 2 * u * v * Math.cos(phi));
}

function lengthOf(molecule: Molecule, topology: Topology, shapes: readonly AtomShape[], i: number, j: number): number {
  const { atomicNumbers, charges } = molecule;
  const type = bondType(topology, i, j);
  // The O⁻ of nitro and carboxylate shares the double bond beside it.
  const isShared = [i, j].some((atom) => charges[atom] < 0 && topology.neighbours[atom].length === 1);
  const shown = type === 1 && isShared && [i, j].every((atom) => shapes[atom] !== 'tetrahedral') ? 2 : type;
  return idealLength([atomicNumbers[i], atomicNumbers[j]], [shapes[i], shapes[j]], shown);
}

import { adjacencyOf } from './adjacency.js';
import type { IdealGeometry } from './ideal-geometry.js';
import { relevantRings } from './rings.js';
import { torsionAngle } from './torsion-moves.js';
import type { TorsionTerms } from './torsion-terms.js';

/** Torsions in a chair, in radians, and what it costs in kcal/mol to turn from them. */
const CHAIR = (55 / 180) * Math.PI;
const COST = 6;

/** Saturated rings of six that are part of no cage: the atoms of each in their order. */
export function chairRings({ molecule, topology, shapes }: IdealGeometry): (readonly number[])[] {
  const { bonds } = molecule;
  const rings = relevantRings(adjacencyOf(topology.atoms, bonds), bonds.begin.length).map(({ atoms }) => atoms);
  const isCaged = (ring: readonly number[]): boolean =>
    rings.some((other) => other !== ring && other.filter((atom) => ring.includes(atom)).length > 2);
  return rings.filter(
    (ring) => ring.length === 6 && ring.every((atom) => shapes[atom] === 'tetrahedral') && !isCaged(ring),
  );
}

/** What draws each ring to that one of its two chairs which it resembles more. */
export function chairTerms(rings: readonly (readonly number[])[], positions: Float64Array): TorsionTerms {
  const paths = rings.flatMap((ring) => ring.map((_, k) => [0, 1, 2, 3].map((step) => ring[(k + step) % 6])));
  const resemblance = paths.map((path, k) => (k % 2 === 0 ? 1 : -1) * torsionAngle(positions, path));
  const costs = paths.flatMap((_, k) => {
    const ring = resemblance.slice(k - (k % 6), k - (k % 6) + 6);
    const side = ring.reduce((sum, value) => sum + value) < 0 ? -1 : 1;
    const wanted = side * (k % 2 === 0 ? CHAIR : -CHAIR);
    return [-COST * Math.cos(wanted), 0, 0, -COST * Math.sin(wanted)];
  });
  return { atoms: Int32Array.from(paths.flat()), costs: Float64Array.from(costs) };
}

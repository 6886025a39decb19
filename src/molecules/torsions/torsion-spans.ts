import { bondType, ringSize } from '../bond-graph/topology.js';
import type { IdealGeometry } from '../ideal-geometry/ideal-geometry.js';

/** The least and the greatest torsion in degrees, without sign: 0 is cis, 180 trans. */
export type TorsionSpan = readonly [number, number];

type Path = readonly [number, number, number, number];

const [CIS, TRANS, FREE] = [
  [0, 0],
  [180, 180],
  [0, 180],
] as const;
const [DOUBLE, AROMATIC] = [2, 12];

/** What the torsion about the bond in the middle of a path of four atoms may be. */
export function torsionSpan(geometry: IdealGeometry, path: Path): TorsionSpan {
  if (!isStiff(geometry, path[1], path[2])) return FREE;
  return spanOfStereoBond(geometry, path) ?? spanInRing(geometry, path);
}

/** Whether a bond between planar atoms does not turn at all. */
export function isStiff({ topology, shapes }: IdealGeometry, i: number, j: number): boolean {
  const type = bondType(topology, i, j);
  return (type === DOUBLE || type === AROMATIC) && shapes[i] === 'planar' && shapes[j] === 'planar';
}

function spanOfStereoBond({ molecule }: IdealGeometry, [i, j, k, l]: Path): TorsionSpan | undefined {
  const found = molecule.stereoBonds.find(({ atoms: [, b, c] }) => (b === j && c === k) || (b === k && c === j));
  if (found === undefined) return undefined;
  if (found.side === 'open') return FREE;
  const [a, b, , d] = found.atoms;
  const [first, last] = b === j ? [i, l] : [l, i];
  const isCis = (found.side === 'cis') === ((first === a) === (last === d));
  return isCis ? CIS : TRANS;
}

/** Two neighbours in the ring, or two outside of it, lie on the same side of a bond in a planar ring. */
function spanInRing({ topology }: IdealGeometry, [i, j, k, l]: Path): TorsionSpan {
  const ring = ringSize(topology, [j, k]);
  if (ring === 0) return FREE;
  const isFirstIn = ringSize(topology, [i, j, k]) === ring;
  const isLastIn = ringSize(topology, [j, k, l]) === ring;
  const isBothIn = ringSize(topology, [i, j, k, l]) > 0;
  if (isBothIn) return CIS;
  if (isFirstIn && isLastIn) return TRANS;
  return isFirstIn === isLastIn ? CIS : TRANS;
}

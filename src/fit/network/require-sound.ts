import { UserError } from '../../common/errors.js';
import type { Remedy } from '../../common/remedy.js';
import type { Neighbours } from '../../graphs/index.js';
import { type GeometrySet, sayWhere } from '../data/geometry-set.js';
import type { NetworkTarget } from './fit-config.js';

/** What a network looks at geometries for: what it can learn from may be changed, what it has learned may not. */
export type Purpose = 'training' | 'prediction';

/** Atoms that are nearer to each other than this, in the unit of length, are at one place: no two atoms are. */
export const NEAREST = 1e-3;

/** `atom 3 (H)` */
const nameOf = ({ speciesNames, species, first }: GeometrySet, geometry: number, atom: number): string =>
  `atom ${atom + 1} (${speciesNames[species[first[geometry] + atom]]})`;

/**
 * @param edges of the geometry
 * @throws UserError, naming the geometry and both atoms, where two are nearer to each other than {@link NEAREST}
 */
export function requireApart(edges: Neighbours, set: GeometrySet, geometry: number): void {
  const { senders, receivers, shifts } = edges;
  const row = 3 * set.first[geometry];
  const way = (edge: number, axis: number): number =>
    set.positions[row + 3 * senders[edge] + axis] +
    (shifts?.[3 * edge + axis] ?? 0) -
    set.positions[row + 3 * receivers[edge] + axis];
  for (let edge = 0; edge < senders.length; edge++) {
    const [x, y, z] = [way(edge, 0), way(edge, 1), way(edge, 2)];
    if (x * x + y * y + z * z >= NEAREST * NEAREST) continue;
    const [one, other] = [receivers[edge], senders[edge]].sort((a, b) => a - b);
    const { sources } = set;
    const both = `${nameOf(set, geometry, one)} and ${other === one ? 'its own image' : nameOf(set, geometry, other)}`;
    const apart = Number(Math.hypot(x, y, z).toPrecision(3));
    throw new UserError(
      `${sayWhere(sources[geometry])}: ${both} are ${apart} apart, nearer than the ${NEAREST} below which atoms are at one place`,
      { file: sources[geometry].file, atom: one + 1 },
    );
  }
}

/** @throws UserError, naming the geometry and the atom, where an atom of several has no neighbour */
export function requireNeighbours(
  { receivers }: Neighbours,
  { sizes, sources, positions, first }: GeometrySet,
  geometry: number,
  { cutoff, purpose }: { readonly cutoff: number; readonly purpose: Purpose },
): void {
  if (sizes[geometry] === 1) return;
  const sees = new Uint8Array(sizes[geometry]);
  for (const atom of receivers) sees[atom] = 1;
  const alone = sees.indexOf(0);
  if (alone < 0) return;
  const row = 3 * first[geometry];
  let nearest = Infinity;
  for (let other = 0; other < sizes[geometry]; other++) {
    if (other === alone) continue;
    const [x, y, z] = [0, 1, 2].map((axis) => positions[row + 3 * other + axis] - positions[row + 3 * alone + axis]);
    nearest = Math.min(nearest, Math.hypot(x, y, z));
  }
  const remedy: Record<Purpose, Remedy> = {
    training: { setting: 'model.cutoff', action: 'raise' },
    prediction: `leave the atom out, or take a network that was trained with a larger cutoff`,
  };
  const whose = purpose === 'training' ? 'the cutoff' : "the network's cutoff";
  throw new UserError(
    `${sayWhere(sources[geometry])}: atom ${alone + 1} has no neighbour within ${whose} of ${cutoff}; the nearest is at ${nearest.toPrecision(4)}`,
    { file: sources[geometry].file, atom: alone + 1, remedy: remedy[purpose] },
  );
}

/** @throws UserError, naming the geometry, where one repeats and a target is a moment of charges */
export function requireMoments(
  { periodic, sources }: GeometrySet,
  targets: readonly Pick<NetworkTarget, 'name' | 'moment'>[],
  purpose: Purpose,
): void {
  const moment = targets.find((target) => target.moment);
  const entry = moment && periodic ? periodic.findIndex(Boolean) : -1;
  if (!moment || entry < 0) return;
  const source = sources[Math.floor(entry / 3)];
  const { name } = moment;
  const problem = `the geometry is periodic, and a moment of charges as ${name} is depends on which images of the atoms it is taken of`;
  const remedy = {
    training: `declare "moment": false of ${name} in the configuration (data.targets.${name}), where its atoms only have parts of it`,
    prediction: `take a network without ${name}, or one that was trained with "moment": false of it`,
  };
  throw new UserError(`${sayWhere(source)}: ${problem}`, { file: source.file, remedy: remedy[purpose] });
}

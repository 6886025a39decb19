import { acrossAngle, acrossTorsion, type IdealGeometry } from '../ideal-geometry/ideal-geometry.js';
import { vanDerWaalsRadius } from '../ideal-geometry/van-der-waals.js';
import { torsionSpan } from '../torsions/torsion-spans.js';

/** What distances between atoms may be, in ångström: [atoms, atoms] each, symmetric. */
export interface DistanceBounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Across four bonds atoms come nearer to each other than across more. */
const [ACROSS_FOUR, FARTHER] = [0.72, 0.84];
/** The shortest hydrogen bonds, in ångström. */
const HYDROGEN_BOND = 1.75;
const UNBOUNDED = 1e3;
const LENGTH_TOLERANCE = 0.01;
const TORSION_TOLERANCE = 0.06;

/** Bounds from bond lengths, angles, fixed torsions and radii, smoothed by the triangle inequality. */
export function distanceBounds(geometry: IdealGeometry): DistanceBounds {
  const { atoms } = geometry.topology;
  const bounds = { lower: contacts(geometry), upper: new Float64Array(atoms * atoms).fill(UNBOUNDED) };
  for (let i = 0; i < atoms; i++) bounds.upper[i * atoms + i] = 0;
  boundTorsions(geometry, bounds);
  boundAngles(geometry, bounds);
  boundLengths(geometry, bounds);
  smooth(bounds, atoms);
  return bounds;
}

/** How near to each other atoms come that are not held together. */
function contacts({ molecule, topology }: IdealGeometry): Float64Array {
  const { atoms, neighbours, separations } = topology;
  const { atomicNumbers } = molecule;
  const isPolar = (atom: number) => atomicNumbers[atom] === 7 || atomicNumbers[atom] === 8;
  const donates = (atom: number) => atomicNumbers[atom] === 1 && neighbours[atom].some(isPolar);
  const lower = new Float64Array(atoms * atoms);
  for (let i = 0; i < atoms; i++) {
    for (let j = 0; j < i; j++) {
      const separation = separations[i * atoms + j];
      if (separation < 4) continue;
      const sum = vanDerWaalsRadius(atomicNumbers[i]) + vanDerWaalsRadius(atomicNumbers[j]);
      const isBridged = (donates(i) && isPolar(j)) || (donates(j) && isPolar(i));
      const nearest = isBridged ? HYDROGEN_BOND : sum * (separation === 4 ? ACROSS_FOUR : FARTHER);
      lower[i * atoms + j] = lower[j * atoms + i] = nearest;
    }
  }
  return lower;
}

function boundLengths({ topology, length }: IdealGeometry, bounds: DistanceBounds): void {
  for (const [i, around] of topology.neighbours.entries()) {
    for (const j of around) bound(bounds, topology.atoms, i, j, length(i, j), LENGTH_TOLERANCE);
  }
}

function boundAngles({ topology, length, angle }: IdealGeometry, bounds: DistanceBounds): void {
  for (const [centre, around] of topology.neighbours.entries()) {
    for (const i of around) {
      for (const j of around) {
        if (i >= j) continue;
        const [a, b] = [length(i, centre), length(centre, j)];
        const { degrees, tolerance } = angle(i, centre, j) ?? { degrees: 125, tolerance: 55 };
        const low = acrossAngle(a, b, degrees - tolerance);
        const high = acrossAngle(a, b, Math.min(180, degrees + tolerance));
        bound(bounds, topology.atoms, i, j, (low + high) / 2, (high - low) / 2);
      }
    }
  }
}

/** Pairs across three bonds lie between their distances at the least and the greatest torsion. */
function boundTorsions(geometry: IdealGeometry, bounds: DistanceBounds): void {
  const { topology, length, angle } = geometry;
  const { atoms, neighbours, separations } = topology;
  const any = { degrees: 120, tolerance: 60 };
  for (let i = 0; i < atoms; i++) {
    for (const j of neighbours[i]) {
      for (const k of neighbours[j]) {
        if (k === i) continue;
        for (const l of neighbours[k]) {
          if (l <= i || separations[i * atoms + l] !== 3) continue;
          const angles = [angle(i, j, k) ?? any, angle(j, k, l) ?? any];
          const lengths = [length(i, j), length(j, k), length(k, l)] as const;
          const [low, high] = torsionSpan(geometry, [i, j, k, l]).map((torsion, end) => {
            const wide = end === 0 ? -1 : 1;
            const [a, b] = angles.map(({ degrees, tolerance }) => Math.min(180, degrees + wide * tolerance));
            return acrossTorsion(lengths, [a, b], torsion) + wide * TORSION_TOLERANCE;
          });
          bound(bounds, atoms, i, l, (low + high) / 2, (high - low) / 2);
        }
      }
    }
  }
}

function bound(
  { lower, upper }: DistanceBounds,
  atoms: number,
  i: number,
  j: number,
  middle: number,
  by: number,
): void {
  for (const at of [i * atoms + j, j * atoms + i]) {
    lower[at] = middle - by;
    upper[at] = middle + by;
  }
}

/**
 * Makes bounds obey the triangle inequality (Dress and Havel 1988, by the algorithm of Floyd). Where they contradict
 * each other, as in strained cages, both become their mean.
 */
function smooth({ lower, upper }: DistanceBounds, atoms: number): void {
  for (let k = 0; k < atoms; k++) {
    for (let i = 0; i < atoms; i++) {
      const [upperIk, lowerIk] = [upper[i * atoms + k], lower[i * atoms + k]];
      for (let j = 0; j < i; j++) {
        const at = i * atoms + j;
        const [upperKj, lowerKj] = [upper[k * atoms + j], lower[k * atoms + j]];
        const high = Math.min(upper[at], upperIk + upperKj);
        const low = Math.max(lower[at], lowerIk - upperKj, lowerKj - upperIk);
        const meets = low <= high;
        upper[at] = upper[j * atoms + i] = meets ? high : (low + high) / 2;
        lower[at] = lower[j * atoms + i] = meets ? low : (low + high) / 2;
      }
    }
  }
}

import type { IdealGeometry } from '../ideal-geometry/ideal-geometry.js';
import { type TorsionTerms, torsionTerms } from '../torsions/torsion-terms.js';
import { type DistanceBounds, distanceBounds } from './distance-bounds.js';

/** Signed volumes that four atoms each must enclose. */
export interface VolumeTerms {
  /** Four atoms a term: (x₁ − x₄) · ((x₂ − x₄) × (x₃ − x₄)). */
  readonly atoms: Int32Array;
  /** In Å³. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** What an embedding of a molecule has to obey. */
export interface EmbeddingTerms {
  readonly geometry: IdealGeometry;
  readonly bounds: DistanceBounds;
  /** Centres whose hand is known. */
  readonly hands: VolumeTerms;
  /** Planar atoms of three neighbours: no volume. */
  readonly planes: VolumeTerms;
  readonly torsions: TorsionTerms;
}

/** The volume of a centre may be this share of the ideal one. */
const [LEAST, MOST] = [0.6, 1.25];
/** Where the ideal distances enclose no volume, as about atoms in cages. */
const FALLBACK_VOLUME = 2;

export function embeddingTerms(geometry: IdealGeometry): EmbeddingTerms {
  const bounds = distanceBounds(geometry);
  return {
    geometry,
    bounds,
    hands: handTerms(geometry, bounds),
    planes: planeTerms(geometry),
    torsions: torsionTerms(geometry),
  };
}

function handTerms({ molecule, topology }: IdealGeometry, bounds: DistanceBounds): VolumeTerms {
  const known = molecule.centres.filter(({ hand }) => hand !== 0);
  const ideal = known.map(({ around }) => idealVolume(bounds, topology.atoms, around));
  const ends = known.map(({ hand }, k) => [hand * LEAST * ideal[k], hand * MOST * ideal[k]].sort((a, b) => a - b));
  return {
    atoms: Int32Array.from(known.flatMap(({ around }) => around)),
    lower: Float64Array.from(ends, ([low]) => low),
    upper: Float64Array.from(ends, ([, high]) => high),
  };
}

/** The volume from the distances of four atoms: the root of the determinant of the products of the three edges. */
function idealVolume({ lower, upper }: DistanceBounds, atoms: number, around: readonly number[]): number {
  const [, , , apex] = around;
  const square = (i: number, j: number) => ((lower[i * atoms + j] + upper[i * atoms + j]) / 2) ** 2;
  const product = (p: number, q: number) => (square(p, apex) + square(q, apex) - (p === q ? 0 : square(p, q))) / 2;
  const [a, b, c] = around;
  const [aa, bb, cc, ab, ac, bc] = [
    product(a, a),
    product(b, b),
    product(c, c),
    product(a, b),
    product(a, c),
    product(b, c),
  ];
  const determinant = aa * (bb * cc - bc * bc) - ab * (ab * cc - bc * ac) + ac * (ab * bc - bb * ac);
  return determinant > 0 ? Math.max(1, Math.sqrt(determinant)) : FALLBACK_VOLUME;
}

function planeTerms({ topology, shapes }: IdealGeometry): VolumeTerms {
  const atoms = topology.neighbours.flatMap((around, atom) =>
    shapes[atom] === 'planar' && around.length === 3 ? [...around, atom] : [],
  );
  const zeros = new Float64Array(atoms.length / 4);
  return { atoms: Int32Array.from(atoms), lower: zeros, upper: zeros };
}

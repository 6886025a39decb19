import type { Molecule } from 'clofnet';
import { align, applyAlignment } from 'clofnet/geometry';
import { depict } from 'clofnet/molecules';

/** Fewer atoms lie in a plane in any case. */
const FEWEST = 3;

/** Turns a conformer so that it faces the viewer as its 2D drawing does: [atoms · 3] in ångström, centred. */
export function facing(molecule: Molecule, coordinates: Float32Array): Float32Array {
  const { positions } = depict(molecule);
  const heavy = positions.length / 2;
  const points = Float64Array.from(coordinates);
  if (heavy < FEWEST) return centred(points);
  const flat = Float64Array.from({ length: 3 * heavy }, (_, k) =>
    k % 3 === 2 ? 0 : positions[2 * Math.floor(k / 3) + (k % 3)],
  );
  return centred(applyAlignment(align(points.subarray(0, 3 * heavy), flat), points));
}

function centred(points: Float64Array): Float32Array {
  const mean = [0, 0, 0];
  for (const [k, value] of points.entries()) mean[k % 3] += (3 * value) / points.length;
  return Float32Array.from(points, (value, k) => value - mean[k % 3]);
}

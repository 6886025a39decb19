/** Rotations whose square is smaller than this share of the largest are of atoms that lie on their axis. */
const NOTHING = 1e-10;

/**
 * The motions of atoms as one rigid body, as velocities [atoms, 3] that are orthonormal in the metric of the masses: one
 * along each axis, and where `rotations` are wanted one about each axis through the centre of mass, which of atoms on a
 * line are two. A single atom has none that could be told from its own motion.
 */
export function rigidMotions(positions: Float64Array, masses: Float64Array, rotations: boolean): Float64Array[] {
  if (masses.length < 2) return [];
  const basis: Float64Array[] = [];
  for (const axis of AXES)
    basis.push(
      normalized(
        positions.map((_, k) => axis[k % 3]),
        masses,
      ),
    );
  if (!rotations) return basis;
  const centre = centreOfMass(positions, masses);
  const turns = AXES.map((axis) => turning(positions, centre, axis));
  const largest = Math.max(...turns.map((turn) => product(turn, turn, masses)));
  // The rest of the largest turn first: of what is left of small ones, rounding is a larger share.
  turns.sort((a, b) => product(b, b, masses) - product(a, a, masses));
  for (const turn of turns) {
    withoutMotions(turn, masses, basis);
    if (product(turn, turn, masses) > NOTHING * largest) basis.push(normalized(turn, masses));
  }
  return basis;
}

/** Takes motions out of velocities [atoms, 3], in place. @param motions from {@link rigidMotions} */
export function withoutMotions(velocities: Float64Array, masses: Float64Array, motions: readonly Float64Array[]): void {
  for (const motion of motions) {
    const share = product(velocities, motion, masses);
    for (let k = 0; k < velocities.length; k++) velocities[k] -= share * motion[k];
  }
}

const AXES = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const;

/** Velocities of a turn about an axis through a centre: axis × (r − centre). */
function turning(positions: Float64Array, centre: readonly number[], axis: readonly number[]): Float64Array {
  const [a, b, c] = axis;
  const velocities = new Float64Array(positions.length);
  for (let k = 0; k < positions.length; k += 3) {
    const [x, y, z] = [positions[k] - centre[0], positions[k + 1] - centre[1], positions[k + 2] - centre[2]];
    velocities[k] = b * z - c * y;
    velocities[k + 1] = c * x - a * z;
    velocities[k + 2] = a * y - b * x;
  }
  return velocities;
}

function centreOfMass(positions: Float64Array, masses: Float64Array): number[] {
  const centre = [0, 0, 0];
  let total = 0;
  for (let atom = 0; atom < masses.length; atom++) {
    total += masses[atom];
    for (let k = 0; k < 3; k++) centre[k] += masses[atom] * positions[3 * atom + k];
  }
  return centre.map((value) => value / total);
}

/** Σ m a · b */
function product(a: Float64Array, b: Float64Array, masses: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += masses[Math.floor(k / 3)] * a[k] * b[k];
  return sum;
}

function normalized(velocities: Float64Array, masses: Float64Array): Float64Array {
  const length = Math.sqrt(product(velocities, velocities, masses));
  return velocities.map((value) => value / length);
}

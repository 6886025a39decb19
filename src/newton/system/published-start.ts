import { portableThirdPower } from '../../random/portable-math.js';

/** Initial speed of every body. */
const SPEED = 0.5;
/** Initial positions beyond ± this are reflected. */
const BOX = 5;
/** Beyond so many bodies the box grows with them, as the spread of their positions does: their density stays. */
const BOX_BODIES = 100;

/** Velocities in the given directions, [3, n], all of the published length. */
export function withSpeed(directions: Float64Array): Float64Array {
  const bodies = directions.length / 3;
  return directions.map((value, index) => {
    const body = index % bodies;
    const [x, y, z] = [directions[body], directions[body + bodies], directions[body + 2 * bodies]];
    return (value * SPEED) / Math.sqrt(x * x + y * y + z * z);
  });
}

/** Mirrors, once, what lies outside the box into it, and turns its velocity inwards. */
export function reflect(loc: Float64Array, vel: Float64Array): void {
  const bodies = loc.length / 3;
  const box = bodies <= BOX_BODIES ? BOX : BOX * portableThirdPower(bodies / BOX_BODIES);
  for (let i = 0; i < loc.length; i++) {
    if (loc[i] > box) {
      loc[i] = 2 * box - loc[i];
      vel[i] = -Math.abs(vel[i]);
    }
    if (loc[i] < -box) {
      loc[i] = -2 * box - loc[i];
      vel[i] = Math.abs(vel[i]);
    }
  }
}

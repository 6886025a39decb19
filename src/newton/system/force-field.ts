/**
 * Writes the force on every body, [3, n], into `force`; for bodies that have masses other than 1, the force divided by
 * the mass. Reuses its own memory between calls.
 */
export type ForceField = (loc: Float64Array, vel: Float64Array, force: Float64Array) => void;

/** The second adds to what the first has written. */
export function sum(first: ForceField, second: ForceField): ForceField {
  return (loc, vel, force) => {
    first(loc, vel, force);
    second(loc, vel, force);
  };
}

/** Each component limited to ± `limit`. */
export function limited(field: ForceField, limit: number): ForceField {
  return (loc, vel, force) => {
    field(loc, vel, force);
    for (let i = 0; i < force.length; i++) {
      if (force[i] > limit) force[i] = limit;
      else if (force[i] < -limit) force[i] = -limit;
    }
  };
}

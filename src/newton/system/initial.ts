import type { NumpyRandom } from '../../random/numpy-random.js';
import { portableThirdPower } from '../../random/portable-math.js';
import type { Simulation } from './system.js';

/** Where a trajectory starts, and what holds its bodies together. Vectors are component-major: all x, all y, all z. */
export interface InitialState {
  /** Positions [3, n]. */
  readonly loc: Float64Array;
  /** Velocities [3, n]. */
  readonly vel: Float64Array;
  /** Charges [n]; all 1 for springs. */
  readonly charges: Float64Array;
  /** `[n, n]`: products of charges (the diagonal included), or 1 where a spring is and 0 where none is. */
  readonly edges: Float64Array;
}

/** Initial speed of every body. */
const SPEED = 0.5;
/** Initial positions beyond ± this are reflected. */
const BOX = 5;
/** Spread of the positions of bodies on springs, as in Kipf et al. */
const SPRING_SPREAD = 0.5;

/**
 * Draws one initial state in the published order: charges (springs: an n × n matrix of which the lower triangle
 * counts), 3n normals for the positions, 3n for the directions of the velocities.
 */
export function drawInitialState(simulation: Simulation, random: NumpyRandom): InitialState {
  const { bodies, kind } = simulation;
  const springs = kind === 'springs';
  const charges = springs ? new Float64Array(bodies).fill(1) : drawCharges(bodies, random);
  const edges = springs ? drawSprings(bodies, random) : outerProduct(charges);
  const spread = springs ? SPRING_SPREAD : portableThirdPower(bodies / 5);
  const loc = drawNormals(3 * bodies, random).map((value) => value * spread);
  const vel = withSpeed(drawNormals(3 * bodies, random), SPEED);
  reflect(loc, vel);
  return { loc, vel, charges, edges };
}

function drawNormals(count: number, random: NumpyRandom): Float64Array {
  return Float64Array.from({ length: count }, () => random.normal());
}

function drawCharges(bodies: number, random: NumpyRandom): Float64Array {
  return Float64Array.from({ length: bodies }, () => random.choice([-1, 1], [0.5, 0.5]));
}

function drawSprings(bodies: number, random: NumpyRandom): Float64Array {
  const drawn = Float64Array.from({ length: bodies * bodies }, () => random.choice([0, 1], [0.5, 0.5]));
  return drawn.map((_, index) => {
    const row = Math.floor(index / bodies);
    const column = index % bodies;
    return row === column ? 0 : drawn[Math.max(row, column) * bodies + Math.min(row, column)];
  });
}

function outerProduct(charges: Float64Array): Float64Array {
  const bodies = charges.length;
  return new Float64Array(bodies * bodies).map((_, k) => charges[Math.floor(k / bodies)] * charges[k % bodies]);
}

function withSpeed(directions: Float64Array, speed: number): Float64Array {
  const bodies = directions.length / 3;
  return directions.map((value, index) => {
    const body = index % bodies;
    const [x, y, z] = [directions[body], directions[body + bodies], directions[body + 2 * bodies]];
    return (value * speed) / Math.sqrt(x * x + y * y + z * z);
  });
}

/** Mirrors, once, what lies outside the box into it, and turns its velocity inwards. */
function reflect(loc: Float64Array, vel: Float64Array): void {
  for (let i = 0; i < loc.length; i++) {
    if (loc[i] > BOX) {
      loc[i] = 2 * BOX - loc[i];
      vel[i] = -Math.abs(vel[i]);
    }
    if (loc[i] < -BOX) {
      loc[i] = -2 * BOX - loc[i];
      vel[i] = Math.abs(vel[i]);
    }
  }
}

import {
  type GeometricFunction,
  type OpenFunction,
  type Outputs,
  openFunction,
  type Sample,
} from '../networks/geometric-function.js';
import type { Quantities } from '../networks/quantities.js';
import { widthOf } from '../networks/quantities.js';
import type { Weights } from '../nn/index.js';
import { Rng } from '../random/generator.js';
import type { Feeds, Runtime } from '../runtime/index.js';
import { judgeNetwork } from './audit.js';
import { changed, degenerateSamples, graphAlone, uneven } from './contract-samples.js';
import { allowedBeside, missed } from './equivariance.js';
import { scaleOf } from './graph-errors.js';
import { livelyWeights } from './lively-weights.js';
import { type MotionName, motionNames } from './motions.js';
import { type OpenSlopes, openSlopes } from './slopes.js';

/** One check of a contract: `it(name, check)`. */
export interface NamedCheck {
  readonly name: string;
  /** @throws Error that says by how much the network misses */
  check(this: void): Promise<void>;
}

/** What {@link equivarianceContract} tries a network with. */
export interface ContractOptions {
  /** Default: drawn, those near zero made larger. */
  readonly weights?: Weights;
  /** Draws weights, samples and motions; default 1. */
  readonly seed?: number;
  /**
   * The largest equivariance error allowed, of the output's scale; default 1e-5, and twenty times what rounding of the
   * input changes. Five times that on degenerate input, and a motion that is not followed must be missed by ten times
   * that.
   */
  readonly tolerance?: number;
}

interface Contract {
  readonly network: GeometricFunction;
  readonly weights: Weights;
  readonly runtime: () => Promise<Runtime>;
  readonly sample: Sample;
  readonly tolerance: number | undefined;
  readonly rng: (name: string) => Rng;
}

/**
 * What a network on graphs in space owes: it follows the motions that it says it follows, and no others; order and
 * company of graphs do not matter; degenerate input gives finite numbers; gradients are those of finite differences.
 *
 *     for (const { name, check } of equivarianceContract(network, openRuntime)) it(name, check);
 *
 * @param runtime opens what programs run on
 */
export function equivarianceContract(
  network: GeometricFunction,
  runtime: () => Promise<Runtime>,
  { weights, seed = 1, tolerance }: ContractOptions = {},
): NamedCheck[] {
  const rng = (name: string): Rng => Rng.fromSeed(seed).fork(name);
  const contract: Contract = {
    network,
    runtime,
    weights: weights ?? livelyWeights(network.parameters, rng('weights')),
    sample: uneven(network.sample(rng('sample'), { graphs: 4, nodes: 7 }), network.quantities),
    tolerance,
    rng,
  };
  const checks: Record<string, (contract: Contract) => Promise<void>> = {
    ...Object.fromEntries(
      motionNames.map((motion) => [motionCheckName(contract, motion), (it) => checkMotion(it, motion)]),
    ),
    'gives every graph of a batch what it gives it alone': checkCompany,
    'gives the same for the same input': checkRepetition,
    'looks at every array of numbers': checkInputs,
    'gives finite values and slopes for degenerate input': checkDegenerate,
    'follows the same motions on degenerate input': checkDegenerateMotions,
    'has the gradients of finite differences': checkGradients,
  };
  return Object.entries(checks).map(([name, check]) => ({ name, check: () => check(contract) }));
}

const isFollowed = ({ network }: Contract, motion: MotionName): boolean =>
  motion === 'permutation' || network.follows[motion];

const motionCheckName = (contract: Contract, motion: MotionName): string =>
  `${isFollowed(contract, motion) ? 'follows' : 'does not follow'} ${motion}`;

/** Opens a network, uses it and closes it. */
async function withRun<T>(
  { network, runtime, weights }: Contract,
  use: (run: OpenFunction['run']) => Promise<T>,
): Promise<T> {
  const { open: _, ...plain } = network;
  const { run, close } = await openFunction(await runtime(), plain, weights);
  return use(run).finally(close);
}

async function checkMotion(contract: Contract, motion: MotionName): Promise<void> {
  const { network, sample, tolerance, rng } = contract;
  const options = { rng: rng(motion), motions: [motion], tolerance };
  const { worst } = await withRun(contract, (run) => judgeNetwork(network, run, sample, options));
  const { error, allowed } = worst[motion];
  if (isFollowed(contract, motion) && !(error <= allowed))
    throw new Error(`misses ${motion} by ${missed(worst[motion])}`);
  if (!isFollowed(contract, motion) && !(error > 10 * allowed && error < Infinity)) {
    const inWords = `${error.toExponential(1)} of the output's scale`;
    throw new Error(`is declared not to follow ${motion}, and misses it by no more than ${inWords}`);
  }
}

/** What is allowed in any graph of the sample. */
async function allowedIn({ network, sample, tolerance, rng }: Contract, run: OpenFunction['run']): Promise<number> {
  if (tolerance !== undefined) return tolerance;
  const { rounding } = await judgeNetwork(network, run, sample, { rng: rng('rounding'), motions: [] });
  return allowedBeside(rounding);
}

/** Where two results differ by more than rounding, of the scale of the first. */
function requireAlike(
  expected: Outputs,
  found: Outputs,
  tolerance: number,
  what: string,
  scales: Readonly<Record<string, number>> = {},
): void {
  for (const [name, values] of Object.entries(expected)) {
    const scale = values.reduce((most, x) => Math.max(most, Math.abs(x)), scales[name] ?? 0);
    const worst = values.reduce((most, x, k) => Math.max(most, Math.abs(x - found[name][k])), 0);
    if (values.length === found[name].length && worst <= tolerance * scale) continue;
    throw new Error(
      `${what}: ${name} off by ${worst.toExponential(1)}, the largest number is ${scale.toExponential(1)}`,
    );
  }
}

/** The rows of one graph in every output. */
function rowsOf(outputs: Outputs, quantities: Quantities, sizes: readonly number[], graph: number): Outputs {
  const first = sizes.slice(0, graph).reduce((sum, size) => sum + size, 0);
  const entries = Object.entries(outputs).map(([name, values]) => {
    const width = widthOf(quantities[name]);
    const [from, count] = quantities[name].at === 'graphs' ? [graph, 1] : [first, sizes[graph]];
    return [name, values.slice(width * from, width * (from + count))];
  });
  return Object.fromEntries(entries);
}

/** The scale of every output. */
const scalesOf = (outputs: Outputs, quantities: Quantities, sizes: readonly number[]): Record<string, number> =>
  Object.fromEntries(Object.entries(outputs).map(([name, values]) => [name, scaleOf(values, quantities[name], sizes)]));

async function checkCompany(contract: Contract): Promise<void> {
  const { network, sample } = contract;
  await withRun(contract, async (run) => {
    const tolerance = await allowedIn(contract, run);
    const together = await run(sample);
    const scales = scalesOf(together, network.quantities, sample.sizes);
    for (const k of sample.sizes.keys()) {
      const alone = await run(graphAlone(sample, network.quantities, k));
      const own = rowsOf(together, network.quantities, sample.sizes, k);
      requireAlike(own, alone, tolerance, `graph ${k} alone`, scales);
    }
  });
}

async function checkRepetition(contract: Contract): Promise<void> {
  const { network, sample } = contract;
  const other = changed(sample, network.quantities, 'position', (x) => 2 * x);
  await withRun(contract, async (run) => {
    const before = await run(sample);
    await run(other);
    requireAlike(before, await run(sample), 0, 'run again');
  });
}

async function checkInputs(contract: Contract): Promise<void> {
  const { network, sample } = contract;
  await withRun(contract, async (run) => {
    const before = await run(sample);
    for (const [name, values] of Object.entries(sample.arrays)) {
      if (!(values instanceof Float32Array) || values.length === 0 || !(name in network.quantities)) continue;
      const arrays = { ...sample.arrays, [name]: values.with(0, 1 - values[0]) };
      const after = await run({ ...sample, arrays });
      const isSame = Object.keys(before).every((output) => after[output].every((x, k) => x === before[output][k]));
      if (isSame) throw new Error(`nothing depends on ${name}`);
    }
  });
}

async function withSlopes(
  { network, runtime, weights }: Contract,
  use: (slopes: OpenSlopes) => Promise<void>,
): Promise<void> {
  const slopes = await openSlopes(await runtime(), network, weights);
  await use(slopes).finally(() => slopes.close());
}

async function checkDegenerate(contract: Contract): Promise<void> {
  await withSlopes(contract, async (open) => {
    for (const [what, sample] of Object.entries(degenerateSamples(contract.sample, contract.network))) {
      const { result, slopes } = await open.run(sample);
      const broken = Object.entries({ result, ...slopes }).find(([, values]) => !values.every(Number.isFinite));
      if (broken)
        throw new Error(
          `${what}: ${broken[0] === 'result' ? 'the result' : `the slope of ${broken[0]}`} is not finite`,
        );
    }
  });
}

/** Degenerate input is no excuse for much more than what is allowed elsewhere, whatever rounding makes of it. */
async function checkDegenerateMotions(contract: Contract): Promise<void> {
  const { network, sample, rng } = contract;
  const motions = motionNames.filter((motion) => isFollowed(contract, motion));
  await withRun(contract, async (run) => {
    // Where symmetry leaves nothing of an output, rounding is all of it.
    const least = scalesOf(await run(sample), network.quantities, sample.sizes);
    const options = { rng: rng('degenerate'), motions, least, tolerance: 5 * (await allowedIn(contract, run)) };
    for (const [what, degenerate] of Object.entries(degenerateSamples(sample, network))) {
      // Positions so far apart, or so near to each other, have lost the digits that a motion would have to keep.
      if (/far away|very near|in one point/.test(what)) continue;
      const { worst } = await judgeNetwork(network, run, degenerate, options);
      const motion = motions.find((name) => !(worst[name].error <= worst[name].allowed));
      if (motion) throw new Error(`${what}: misses ${motion} by ${missed(worst[motion])}`);
    }
  });
}

/** How far arrays are moved for finite differences, relative to their size, until one agrees. */
const STEPS = [0.01, 0.03, 0.003, 0.001, 0.1];
/** The largest relative difference between slopes and finite differences. */
const SLOPE_TOLERANCE = 0.01;
/** The rounding error of a result, of its size: differences below say nothing. */
const ROUNDING = 1e-6;

async function checkGradients(contract: Contract): Promise<void> {
  const { sample, weights, rng } = contract;
  await withSlopes(contract, async (open) => {
    const { result, slopes } = await open.run(sample);
    const noise = ROUNDING * lengthOf(result);
    const total = async (arrays: Feeds): Promise<number> => {
      const moved = await open.result(sample, arrays);
      return moved.reduce((sum, x, k) => sum + open.weightOf(k) * x, 0);
    };
    for (const name of open.names) {
      const values = Float32Array.from(weights.get(name) ?? sample.arrays[name] ?? [], Number);
      const slope = Float32Array.from(slopes[name], Number);
      const direction = directionAlong(slope, rng(name));
      const expected = slope.reduce((sum, x, k) => sum + x * direction[k], 0);
      let error = Infinity;
      for (const step of STEPS) {
        if (error <= SLOPE_TOLERANCE) break;
        const length = step * (lengthOf(values) || 1);
        const by = (distance: number) => ({ [name]: values.map((x, k) => x + distance * direction[k]) });
        const difference = ((await total(by(length))) - (await total(by(-length)))) / (2 * length);
        error = Math.min(error, (Math.abs(difference - expected) - noise / length) / lengthOf(slope));
      }
      if (!(error <= SLOPE_TOLERANCE))
        throw new Error(`the gradient of ${name} is off by ${(100 * error).toFixed(1)} %`);
    }
  });
}

/** Half along a gradient, half anywhere: a direction in which a function changes, and errors of the gradient show. */
function directionAlong(slope: Float32Array, rng: Rng): Float32Array {
  const any = rng.fillNormal(new Float32Array(slope.length));
  const [along, across] = [lengthOf(slope) || 1, lengthOf(any) || 1];
  const both = any.map((x, k) => x / across + slope[k] / along);
  const length = lengthOf(both) || 1;
  return both.map((x) => x / length);
}

const lengthOf = (values: Float32Array): number => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));

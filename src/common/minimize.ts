/** A function to minimise: returns its value at `x` and writes the gradient there. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

/** How far and how long {@link descend} goes. */
export interface DescentOptions {
  readonly maxIterations: number;
  /** No coordinate moves farther in one step. */
  readonly maxStep: number;
  /** Whether the descent ends where the gradient is this. */
  readonly isFlat: (gradient: Float64Array) => boolean;
  /**
   * By what share of itself a value may be rounded; default 0. Where values differ by less, a step is judged by the
   * gradients alone: the approximate Wolfe condition (Hager and Zhang 2005, equation 4.1).
   */
  readonly rounding?: number;
  /** Called at the start and after every step. The arrays are the descent's own. */
  readonly onStep?: (step: DescentStep) => void;
}

/** Where a descent is. */
export interface DescentStep {
  readonly value: number;
  readonly x: Float64Array;
  readonly gradient: Float64Array;
}

/** A place that a descent asks about: it goes on with the value there, and has the gradient written to `gradient`. */
export interface Trial {
  readonly x: Float64Array;
  readonly gradient: Float64Array;
}

export interface MinimizeOptions extends Pick<DescentOptions, 'maxIterations' | 'maxStep'> {
  /** The descent ends where the root mean square of the gradient is below this. */
  readonly tolerance: number;
}

export interface Minimum {
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Steps that are remembered, and the share of the promised descent that a step must keep. */
const MEMORY = 8;
const ARMIJO = 1e-4;
const SHORTEST = 1e-6;
/** The largest share of the slope at the start of a step that may be left, uphill, at its end. */
const OVERSHOOT = 0.8;

/** A step and the change of the gradient along it. */
interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

/** Moves `x` to a minimum near it, by {@link descend}. */
export function minimize(objective: Objective, x: Float64Array, options: MinimizeOptions): Minimum {
  const { maxIterations, maxStep, tolerance } = options;
  const isFlat = (gradient: Float64Array): boolean => dot(gradient, gradient) <= tolerance ** 2 * x.length;
  const descent = descend(x, { maxIterations, maxStep, isFlat });
  let next = descent.next();
  while (!next.done) next = descent.next(objective(next.value.x, next.value.gradient));
  return next.value;
}

/**
 * Limited-memory BFGS (Nocedal 1980) with backtracking; moves `x` to a minimum near it. Who runs it answers its
 * questions, in their own time: the objective may be a function, or a network that answers later.
 */
export function* descend(x: Float64Array, options: DescentOptions): Generator<Trial, Minimum, number> {
  const n = x.length;
  const { maxIterations, maxStep, isFlat, onStep } = options;
  let [gradient, trial, trialGradient] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const memory: Pair[] = [];
  let value = yield { x, gradient };
  onStep?.({ value, x, gradient });
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (isFlat(gradient)) return { value, iterations: iteration, converged: true };
    const direction = downhill(gradient, memory);
    limit(direction, maxStep);
    const slope = dot(gradient, direction);
    let [share, next] = [1, Infinity];
    for (; share > SHORTEST; share /= 2) {
      for (let k = 0; k < n; k++) trial[k] = x[k] + share * direction[k];
      next = yield { x: trial, gradient: trialGradient };
      if (next <= value + ARMIJO * share * slope) break;
      if (isRounding(next - value, value, options) && dot(trialGradient, direction) <= -OVERSHOOT * slope) break;
    }
    if (share <= SHORTEST) {
      if (memory.length === 0) return { value, iterations: iteration, converged: false };
      memory.length = 0;
      continue;
    }
    remember(memory, trial, x, trialGradient, gradient);
    x.set(trial);
    [gradient, trialGradient] = [trialGradient, gradient];
    value = next;
    onStep?.({ value, x, gradient });
  }
  return { value, iterations: maxIterations, converged: isFlat(gradient) };
}

/** Whether a difference of two values may be no more than their rounding. */
const isRounding = (difference: number, value: number, { rounding = 0 }: DescentOptions): boolean =>
  rounding > 0 && difference <= rounding * Math.abs(value);

/** −H g by the two-loop recursion; along the negative gradient where nothing is remembered. */
function downhill(gradient: Float64Array, memory: readonly Pair[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const weights = new Float64Array(memory.length);
  for (let m = memory.length - 1; m >= 0; m--) {
    const { step, change, curvature } = memory[m];
    weights[m] = dot(step, direction) / curvature;
    addTo(direction, change, -weights[m]);
  }
  const last = memory.at(-1);
  if (last) {
    const scale = last.curvature / dot(last.change, last.change);
    for (let k = 0; k < direction.length; k++) direction[k] *= scale;
  }
  for (let m = 0; m < memory.length; m++) {
    const { step, change, curvature } = memory[m];
    addTo(direction, step, weights[m] - dot(change, direction) / curvature);
  }
  return direction;
}

/** Keeps the step if the function curves upwards along it. */
function remember(
  memory: Pair[],
  to: Float64Array,
  from: Float64Array,
  after: Float64Array,
  before: Float64Array,
): void {
  const step = to.map((value, k) => value - from[k]);
  const change = after.map((value, k) => value - before[k]);
  const curvature = dot(step, change);
  if (curvature <= 1e-10 * dot(change, change)) return;
  memory.push({ step, change, curvature });
  if (memory.length > MEMORY) memory.shift();
}

function limit(direction: Float64Array, maxStep: number): void {
  let largest = 0;
  for (let k = 0; k < direction.length; k++) largest = Math.max(largest, Math.abs(direction[k]));
  if (largest <= maxStep) return;
  for (let k = 0; k < direction.length; k++) direction[k] *= maxStep / largest;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

function addTo(a: Float64Array, b: Float64Array, scale: number): void {
  for (let k = 0; k < a.length; k++) a[k] += scale * b[k];
}

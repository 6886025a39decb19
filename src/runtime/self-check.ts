import { UserError } from '../common/errors.js';
import { add, compile, gather, gradient, input, matmul, mean, mul, scatterAdd, silu } from '../tensor/index.js';
import { refusal } from './devices.js';
import type { Feeds, Runtime } from './runtime.js';

const NODES = 7;
const EDGES = 19;
const WIDTH = 8;

/** A message-passing step with its gradient in small: the ops that every network here leans on. */
function checkProgram() {
  const x = input('x', ['nodes', WIDTH]);
  const weight = input('weight', [WIDTH, WIDTH]);
  const index = input('index', ['edges'], 'int32');
  const messages = silu(matmul(gather(x, index), weight));
  const y = add(scatterAdd(messages, index, 'nodes'), x);
  const loss = mean(mul(y, y));
  return compile({ y, slope: gradient(loss, [weight])[0] });
}

function checkFeeds(): Feeds {
  const wave = (length: number, step: number): Float32Array =>
    Float32Array.from({ length }, (_, k) => Math.sin(step * k));
  return {
    x: wave(NODES * WIDTH, 0.7),
    weight: wave(WIDTH * WIDTH, 1.3),
    index: Int32Array.from({ length: EDGES }, (_, k) => (k * 5) % NODES),
  };
}

/** The largest difference of the check program's results between a device and a reference. */
export async function disagreement(runtime: Runtime, reference: Runtime): Promise<number> {
  const program = checkProgram();
  const run = async (on: Runtime): Promise<number[]> => {
    const executable = await on.open(program);
    try {
      const { y, slope } = await executable.run(checkFeeds(), { nodes: NODES, edges: EDGES });
      return [...y, ...slope];
    } finally {
      await executable.close();
    }
  };
  const [ours, theirs] = [await run(runtime), await run(reference)];
  if (ours.length !== theirs.length) return Infinity;
  const differences = ours.map((value, k) => Math.abs(value - theirs[k]));
  return differences.reduce((worst, value) => Math.max(worst, Number.isNaN(value) ? Infinity : value), 0);
}

/** The first line of an error, without the place in ONNX Runtime's source that it starts with. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0].replace(/^\/onnxruntime_src\/.* was false\. /, '');
}

/**
 * Compares a device with a reference on a small program.
 * @throws UserError if the device cannot be opened or its numbers differ
 */
export async function selfCheck(runtime: Runtime, reference: Runtime, tolerance = 1e-4): Promise<void> {
  const details = refusal(runtime.device, reference.device);
  let worst: number;
  try {
    worst = await disagreement(runtime, reference);
  } catch (error) {
    throw new UserError(`cannot be used here: ${reasonOf(error)}`, { ...details, cause: error });
  }
  if (worst > tolerance) {
    throw new UserError(`computes wrong numbers (off by ${worst.toExponential(1)})`, details);
  }
}

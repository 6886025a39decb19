import { UserError } from '../common/errors.js';
import { openFunction } from '../networks/geometric-function.js';
import { Rng } from '../random/generator.js';
import { openProbedRuntime } from '../runtime/probe.node.js';
import { type Audit, auditNetwork } from '../testing/audit.js';
import { ROUNDING_TIMES, WITHIN } from '../testing/equivariance.js';
import { readTrained } from '../trained/read-trained.node.js';
import type { auditSpec } from './audit-spec.js';
import type { Args, Context } from './command.js';
import { CheckFailed } from './errors.js';
import { many } from './format.js';

/** Bodies of all systems; their positions are drawn before any is tried. */
const LARGEST = 1_000_000;

/** Measures the equivariance of a network of a weight file. */
export async function run({ output }: Context, args: Args<typeof auditSpec>): Promise<void> {
  const { systems, bodies, seed, tolerance } = args;
  if (systems * bodies > LARGEST) {
    throw new UserError(
      `${systems} systems of ${bodies} bodies are too many to audit at once: ask for ${LARGEST} bodies in all, or fewer`,
    );
  }
  const { config, network, weights } = await readTrained(args.model);
  const opened = await openFunction(await openProbedRuntime(args.device), network, weights);
  const options = { rng: Rng.fromSeed(seed), tolerance, graphs: systems, nodes: bodies };
  const { sizes, ...audit } = await auditNetwork(network, opened, options);
  await opened.close();
  const { worst, allowed, passed } = audit;
  const { graph, graphs, node, nodes } = network.words;
  const yardstick = `what rounding of the input changes${tolerance === undefined ? `; ${ROUNDING_TIMES} times that of each ${graph} is allowed, beside ${WITHIN.toExponential()}` : ''}`;
  const isUniform = sizes.every((size) => size === bodies);
  output.result({ model: config, ...audit, systems, bodies: isUniform ? bodies : sizes, seed }, () => [
    `${config.model}: ${many(systems, `random ${graph}`, graphs && `random ${graphs}`)} of ${isUniform ? many(bodies, node, nodes) : `${Math.min(...sizes)} to ${Math.max(...sizes)} ${nodes}`}, errors relative to the output's scale`,
    ...motionLines(audit),
    `  rounding     ${audit.rounding.toExponential(1)} (${yardstick})`,
    `  decisive     ${worst.toExponential(1)}, ${passed ? 'within' : 'above'} the ${allowed.toExponential(1)} allowed`,
  ]);
  if (!passed) throw new CheckFailed(`not equivariant: ${worst.toExponential(1)} is above ${allowed.toExponential(1)}`);
}

function motionLines({ errors, followsReflections }: Pick<Audit, 'errors' | 'followsReflections'>): string[] {
  const { reflection, ...kept } = errors;
  const expected = followsReflections
    ? 'this network is equivariant to reflection'
    : 'expected: this network distinguishes mirror images';
  return [
    ...Object.entries(kept).map(([name, error]) => `  ${name.padEnd(12)} ${error.toExponential(1)}`),
    `  reflection   ${reflection.toExponential(1)} (${expected})`,
  ];
}

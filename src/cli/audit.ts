import { UserError } from '../common/errors.js';
import { openPredictor } from '../networks/predictor.js';
import { readModelFile } from '../networks/read-model-file.node.js';
import { Rng } from '../random/generator.js';
import { openProbedRuntime } from '../runtime/probe.node.js';
import { type Audit, auditNetwork } from '../testing/audit.js';
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
  const { config, model, weights } = await readModelFile(args.model);
  const predictor = await openPredictor(await openProbedRuntime(args.device), model, weights);
  const audit = await auditNetwork(predictor, config.model, { rng: Rng.fromSeed(seed), systems, bodies });
  await predictor.close();
  const passed = audit.worst <= tolerance;
  output.result({ model: config, ...audit, tolerance, passed, systems, bodies, seed }, () => [
    `${config.model}: ${many(systems, 'random system')} of ${many(bodies, 'body', 'bodies')}, errors relative to the output's scale`,
    ...motionLines(audit),
    `  largest      ${audit.worst.toExponential(1)}, ${passed ? 'within' : 'above'} the tolerance of ${tolerance}`,
  ]);
  if (!passed) throw new CheckFailed(`not equivariant: ${audit.worst.toExponential(1)} is above ${tolerance}`);
}

function motionLines({ errors, followsReflections }: Audit): string[] {
  const { reflection, ...kept } = errors;
  const expected = followsReflections
    ? 'this network follows mirrors too'
    : 'no mistake: this network can tell a system from its mirror image';
  return [
    ...Object.entries(kept).map(([name, error]) => `  ${name.padEnd(12)} ${error.toExponential(1)}`),
    `  reflection   ${reflection.toExponential(1)} (${expected})`,
  ];
}

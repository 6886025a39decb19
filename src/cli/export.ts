import { writeFileAtomic } from '../files/atomic.node.js';
import { exportNetwork } from '../networks/export-onnx.js';
import { trainedOn } from '../newton/evaluation/trained-on.js';
import { formatShape, type Port } from '../tensor/index.js';
import { readTrained } from '../trained/read-trained.node.js';
import type { Args, Context } from './command.js';
import type { exportSpec } from './export-spec.js';
import { formatCount } from './format.js';
import { requireOutputFile } from './output-file.js';
import { packageVersion } from './version.js';

/** Writes a network of a weight file as ONNX. */
export async function run({ output }: Context, args: Args<typeof exportSpec>): Promise<void> {
  const { weights, out, force } = args;
  await requireOutputFile(out, { option: '--out', inputs: [weights], endings: ['.onnx'], force });
  const trained = await readTrained(weights);
  const { config, provenance } = trained;
  const program = exportNetwork(trained, { version: packageVersion() });
  await writeFileAtomic(out, program.bytes);
  const { inputs, outputs } = program;
  const { timeSpan } = trainedOn(provenance);
  const bytes = program.bytes.length;
  output.result({ file: out, bytes, model: config, inputs, outputs, timeSpan: timeSpan ?? null }, () => [
    `${out}: ${config.model}, ${formatCount(bytes / 1000)} kB`,
    ...inputs.map((port) => `  in   ${describe(port)}`),
    ...outputs.map((port) => `  out  ${describe(port)}`),
  ]);
}

const describe = ({ name, dtype, shape }: Port): string => `${name} ${formatShape(shape)} ${dtype}`;

import { type Diagnosis, diagnose } from '../runtime/diagnosis.node.js';
import type { DeviceReport } from '../runtime/probe.node.js';
import type { Rate } from '../runtime/rating.node.js';
import type { Args, Context } from './command.js';
import type { doctorSpec } from './doctor-spec.js';
import { packageVersion } from './version.js';

/** Shows what the machine offers. */
export async function run({ output }: Context, _args: Args<typeof doctorSpec>): Promise<void> {
  const clofnet = packageVersion();
  const diagnosis = await diagnose();
  output.result({ clofnet, ...diagnosis }, () => lines(clofnet, diagnosis));
}

function lines(clofnet: string, { node, onnxRuntime, devices, cpu, threads, memory, rating }: Diagnosis): string[] {
  return [
    `clofnet       ${clofnet}`,
    `Node          ${node}`,
    `ONNX Runtime  ${onnxRuntime ?? 'does not run'}`,
    ...devices.map((report) => `device        ${report.device}: ${verdict(report)}`),
    `CPU           ${cpu}`,
    `threads       ${threads}`,
    `memory        ${(memory / 2 ** 30).toFixed(1)} GiB`,
    ...(rating
      ? [
          'matrix products, float32',
          `  as in networks   ${speed(rating.network, rating.threads)}`,
          `  1024 × 1024      ${speed(rating.large, rating.threads)}`,
        ]
      : []),
  ];
}

function verdict(report: DeviceReport): string {
  if (!report.works) return report.reason;
  if (report.device === 'cpu') return 'works';
  return `works, agrees with the CPU to ${report.disagreement.toExponential(1)}`;
}

const speed = ({ oneCore, allCores }: Rate, threads: number): string =>
  `${oneCore.toFixed(0)} GFLOP/s on one core, ${allCores.toFixed(0)} on ${threads} threads`;

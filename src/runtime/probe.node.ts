import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { UserError } from '../common/errors.js';
import { type NodeDevice, parseDevice, refusal } from './devices.js';
import type { Runtime } from './runtime.js';

/**
 * What became of an attempt to use a device: the version of ONNX Runtime, and the largest difference of a small
 * program's results from the CPU's, or why it does not work.
 */
export type DeviceReport =
  | { readonly device: NodeDevice; readonly works: true; readonly version: string; readonly disagreement: number }
  | { readonly device: NodeDevice; readonly works: false; readonly reason: string };

/** Milliseconds that a device has to prove itself. */
const PATIENCE = 30_000;

/**
 * Opens a device and lets it check itself, in a process of its own: drivers may print, hang, or take the process
 * down.
 */
export async function probeDevice(device: NodeDevice, environment: NodeJS.ProcessEnv = {}): Promise<DeviceReport> {
  const child = fileURLToPath(new URL('./probe-child.node.js', import.meta.url));
  const words = [...process.execArgv, child, device];
  const options = { env: { ...process.env, ...environment }, timeout: PATIENCE, killSignal: 'SIGKILL' as const };
  return new Promise((resolve) => {
    execFile(process.execPath, words, options, (error, stdout) => {
      resolve(readReport(stdout, device) ?? { device, works: false, reason: failure(error) });
    });
  });
}

/**
 * Opens a device for a program that must not break: WebGPU is tried in a process of its own first.
 * @throws UserError if it does not work
 */
export async function openProbedRuntime(device: NodeDevice): Promise<Runtime> {
  const report = parseDevice(device) === 'cpu' ? undefined : await probeDevice(device);
  if (report && !report.works) {
    throw new UserError(report.reason, refusal(device, 'cpu'));
  }
  const { openRuntime } = await import('./open-runtime.node.js');
  return openRuntime(device);
}

/** The child's last line, if it is a report on the device: drivers print too. */
function readReport(stdout: string, device: NodeDevice): DeviceReport | undefined {
  try {
    const report: DeviceReport | null = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    return report?.device === device ? report : undefined;
  } catch {
    return undefined;
  }
}

function failure(error: { code?: unknown; signal?: unknown; killed?: boolean } | null): string {
  if (error?.killed) return `gave no answer in ${PATIENCE / 1000} s`;
  return `took its process down (${error?.signal ?? `exit code ${error?.code ?? 0}`})`;
}

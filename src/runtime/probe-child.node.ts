import type { NodeDevice } from './devices.js';
import type { DeviceReport } from './probe.node.js';

/** Opens the device that is named on the command line and prints what came of it as a line of JSON. */
async function report(device: NodeDevice): Promise<DeviceReport> {
  try {
    const { openRuntime } = await import('./open-runtime.node.js');
    const { disagreement } = await import('./self-check.js');
    const runtime = await openRuntime(device);
    const off = await disagreement(runtime, await openRuntime('cpu'));
    return { device, works: true, version: runtime.version, disagreement: off };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reason = message.split('\n')[0].replace(/^device \w+ |; use --device .*$/g, '');
    return { device, works: false, reason };
  }
}

const device: NodeDevice = process.argv[2] === 'webgpu' ? 'webgpu' : 'cpu';
process.stdout.write(`${JSON.stringify(await report(device))}\n`);

import { UserError } from '../common/errors.js';
import { parseDevice } from './devices.js';

/** Opens the device that is named on the command line and prints what came of it, a DeviceReport, as a line of JSON. */
async function report(name = '') {
  try {
    const device = parseDevice(name);
    const { openRuntime } = await import('./open-runtime.node.js');
    const { disagreement } = await import('./self-check.js');
    const runtime = await openRuntime(device);
    const off = await disagreement(runtime, await openRuntime('cpu'));
    return { device, works: true, version: runtime.version, disagreement: off };
  } catch (error) {
    const problem = error instanceof UserError ? error.problem : error instanceof Error ? error.message : String(error);
    return { device: name, works: false, reason: problem.split('\n')[0] };
  }
}

process.stdout.write(`${JSON.stringify(await report(process.argv[2]))}\n`);

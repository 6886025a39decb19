import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { disagreement } from '../../src/runtime/self-check.js';

/** Opens WebGPU and prints what came of it as a line of JSON. Drivers may take the process down, hence a process. */
async function attempt(): Promise<unknown> {
  try {
    const runtime = await openRuntime('webgpu');
    return { opened: true, off: await disagreement(runtime, await openRuntime('cpu')) };
  } catch (error) {
    const { name, message } = error as Error;
    return { opened: false, name, message };
  }
}

console.log(JSON.stringify(await attempt()));

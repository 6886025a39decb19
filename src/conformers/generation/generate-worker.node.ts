import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from '../../common/failure.js';
import type { Molecule } from '../../molecules/molecule.js';
import { loadResources } from '../../molecules/open-chem-lib.node.js';
import { parseDevice } from '../../runtime/devices.js';
import { openRuntime } from '../../runtime/open-runtime.node.js';
import { openDenoiser } from '../networks/denoiser-run.js';
import type { GenerateAnswer, GenerateOrder, GenerateSetup } from './generate-protocol.js';
import { localMaker } from './local-maker.js';

/** Molecules that a thread remembers. */
const MOST_KNOWN = 100;

const known = new Map<number, Molecule>();

/** The molecule that this thread has by a number, or the one that came with the order. */
function recall(number: number, sent: Molecule): Molecule {
  const molecule = known.get(number) ?? sent;
  known.delete(number);
  known.set(number, molecule);
  const [oldest] = known.keys();
  if (known.size > MOST_KNOWN) known.delete(oldest);
  return molecule;
}

const answer = (message: GenerateAnswer): void => parentPort?.postMessage(message);

const fail = (error: unknown, job?: number): void => answer({ job, ...failureOf(error) });

async function serve({ program, form, device }: GenerateSetup): Promise<void> {
  loadResources();
  const maker = localMaker(await openDenoiser(await openRuntime(parseDevice(device)), program, form), { device });
  let running: { readonly job: number; readonly controller: AbortController } | undefined;

  async function make({ job, molecules, requests, settings }: GenerateOrder & { kind: 'make' }): Promise<void> {
    const controller = new AbortController();
    running = { job, controller };
    const own = new Map(Array.from(molecules, ([number, molecule]) => [number, recall(number, molecule)]));
    const full = requests.flatMap(({ molecule: number, ...request }) => {
      const molecule = own.get(number);
      return molecule ? [{ ...request, molecule }] : [];
    });
    answer({ job, results: await maker.make(full, settings, controller.signal) });
  }

  parentPort?.on('message', (order: GenerateOrder) => {
    // Ends this thread alone.
    if (order.kind === 'stop') process.exit();
    if (order.kind === 'make') make(order).catch((error: unknown) => fail(error, order.job));
    else if (running?.job === order.job) running.controller.abort();
  });
}

const setup: GenerateSetup = workerData;
serve(setup).catch((error: unknown) => fail(error));

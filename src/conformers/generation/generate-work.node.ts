import type { ThreadWork } from '../../common/thread-work.js';
import type { Molecule } from '../../molecules/molecule.js';
import { loadResources } from '../../molecules/open-chem-lib.node.js';
import { parseDevice } from '../../runtime/devices.js';
import { openRuntime } from '../../runtime/open-runtime.node.js';
import type { Program } from '../../tensor/index.js';
import type { MakingResult } from '../making/made-conformer.js';
import type { MakingSettings } from '../making/making-settings.js';
import { type NetworkForm, openDenoiser } from '../networks/denoiser-run.js';
import type { PlainRequest } from './conformer-maker.js';
import { localMaker } from './local-maker.js';

/** What every generating thread is started with. */
export interface GenerateSetup {
  /** The denoiser with its weights. */
  readonly program: Program;
  /** Default that of a denoiser. */
  readonly form?: NetworkForm;
  readonly device: string;
}

/** The task of a generating thread. */
export interface GenerateTask {
  readonly requests: readonly PlainRequest[];
  /** A thread that has had a molecule of a number before keeps that: what is computed once a molecule hangs on it. */
  readonly numbers: ReadonlyMap<Molecule, number>;
  readonly settings: MakingSettings;
}

/** Molecules that a thread remembers. */
const MOST_KNOWN = 100;

const known = new Map<number, Molecule>();

/** The molecule that this thread has by a number, or the one that came with the task. */
function recall(number: number, sent: Molecule): Molecule {
  const molecule = known.get(number) ?? sent;
  known.delete(number);
  known.set(number, molecule);
  const [oldest] = known.keys();
  if (known.size > MOST_KNOWN) known.delete(oldest);
  return molecule;
}

/** What each thread does. */
export const threadWork: ThreadWork<GenerateTask, MakingResult[], GenerateSetup> = async ({
  program,
  form,
  device,
}) => {
  loadResources();
  const maker = localMaker(await openDenoiser(await openRuntime(parseDevice(device)), program, form), { device });
  return async ({ requests, numbers, settings }, signal) => {
    const own = new Map(Array.from(numbers, ([molecule, number]) => [molecule, recall(number, molecule)]));
    const full = requests.map((request) => ({ ...request, molecule: own.get(request.molecule) ?? request.molecule }));
    return { answer: await maker.make(full, settings, signal) };
  };
};

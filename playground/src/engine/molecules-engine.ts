import { type LocalGenerator, type Molecule, type MoleculeSummary, openLocalGenerator } from 'clofnet';
import {
  type LocalGenerateOptions,
  learnedFrom,
  levelFor,
  type MakingOptions,
  makingSettings,
  unlearnedElements,
} from 'clofnet/conformers';
import type { WebRuntime } from 'clofnet/web';
import { loadTables, loadWeights, PROGRAM } from './molecules-files.js';
import { described, mistakeOf, moleculeOf, quickShape } from './molecules-read.js';
import { ConformerSet } from './molecules-set.js';
import type {
  ConformerSetView,
  Mistake,
  MoleculesFile,
  MoleculesNews,
  MoleculesRequest,
  ReadMolecule,
} from './molecules-types.js';

type Tell = (news: MoleculesNews) => unknown;

/** What the part 'molecules' computes. It keeps the conformers that were made last. */
export class MoleculesEngine {
  readonly #runtime: () => Promise<WebRuntime>;
  readonly #generators = new Map<WebRuntime, Promise<LocalGenerator>>();
  #set: ConformerSet | undefined;
  #job = new AbortController();

  constructor(runtime: () => Promise<WebRuntime>) {
    this.#runtime = runtime;
  }

  /** Reads a SMILES, by the rules and limits of the command line. */
  read(smiles: string): ReadMolecule | Mistake {
    try {
      return described(moleculeOf(smiles));
    } catch (error) {
      return mistakeOf(error);
    }
  }

  /** A shape of a molecule by rules alone; undefined for large ones. */
  shape(smiles: string): Float32Array | undefined {
    return quickShape(moleculeOf(smiles));
  }

  /** Stops what is running; conformers that are finished stay. */
  cancel(): void {
    this.#job.abort();
  }

  /** Makes conformers, telling of each as it is finished: the same ones as `clofnet conformers generate` makes. */
  async generate(request: MoleculesRequest, tell: Tell): Promise<ConformerSetView | Mistake> {
    const signal = this.#begin();
    try {
      const molecule = moleculeOf(request.smiles);
      const options = optionsOf(request);
      tell({ kind: 'progress', text: 'loading the network …' });
      const [generator, { label }] = await Promise.all([this.#generator(), loadWeights(), loadTables()]);
      const learned = learnedFrom(generator.provenance);
      const making = { ...options, level: levelFor(learned) };
      const { seed, count } = request;
      const settings = makingSettings(making);
      const set = new ConformerSet(molecule, {
        program: PROGRAM,
        weights: label,
        settings,
        seed,
        count,
        unique: undefined,
      });
      this.#set = set;
      const unknown = unlearnedElements(learned, molecule).join(' and ');
      if (unknown !== '') set.notes.push(`the weights were not trained on ${unknown}; check its conformers carefully`);
      await fill(set, generator, { ...making, seed, count }, tell, signal);
      return set.view();
    } catch (error) {
      return mistakeOf(error);
    }
  }

  /** Relaxes the conformers that there are by MMFF94s. */
  async relax(tell: Tell): Promise<ConformerSetView | undefined> {
    const signal = this.#begin();
    const set = this.#set;
    if (!set) return undefined;
    await loadTables();
    for (let place = 0; place < set.size && !signal.aborted; place++) {
      set.relax(place);
      tell({ kind: 'progress', text: `relaxed ${place + 1} of ${set.size}`, share: (place + 1) / set.size });
      await new Promise((resolve) => setTimeout(resolve));
    }
    return set.view();
  }

  /** The conformers that there are as a file. */
  file(form: MoleculesFile): string {
    return this.#set?.file(form) ?? '';
  }

  #begin(): AbortSignal {
    this.cancel();
    this.#job = new AbortController();
    return this.#job.signal;
  }

  async #generator(): Promise<LocalGenerator> {
    const [runtime, { file }] = await Promise.all([this.#runtime(), loadWeights()]);
    const opening = this.#generators.get(runtime) ?? openLocalGenerator(runtime, file);
    this.#generators.set(runtime, opening);
    opening.catch(() => this.#generators.delete(runtime));
    return opening;
  }
}

const optionsOf = ({ start, relax }: MoleculesRequest): MakingOptions => ({
  start,
  ...(relax && { relax: 'mmff94s' as const }),
});

type FillOptions = MakingOptions & { readonly seed: number; readonly count: number };

/** Makes the conformers of a set; when it is stopped, the set keeps those that are finished and says so. */
async function fill(
  set: ConformerSet,
  generator: LocalGenerator,
  options: FillOptions,
  tell: Tell,
  signal: AbortSignal,
): Promise<void> {
  const progress = progressOf(set.molecule, options, tell);
  tell({ kind: 'progress', text: 'making shapes to start from …' });
  try {
    for await (const item of generator.generate(set.molecule, { ...options, ...progress, trace: 'first', signal })) {
      if (item.kind === 'conformer') {
        set.add(item);
        if (set.size === 1) tell({ kind: 'conformers', set: set.view() });
      } else if (item.failed.length > 0) set.notes.push(failures(item));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    set.isStopped = true;
  }
}

function failures({ failed, requested }: Pick<MoleculeSummary, 'failed' | 'requested'>): string {
  const last = failed[failed.length - 1];
  return `${failed.length} of ${requested} conformers failed; the last one, after ${last.attempts} attempts: ${last.reason}`;
}

/** Tells how far the work is: what is finished, and the share of the steps of what is being sampled. */
function progressOf(
  { atomicNumbers }: Molecule,
  { count, ...options }: FillOptions,
  tell: Tell,
): Required<Pick<LocalGenerateOptions, 'onStep' | 'onProgress'>> {
  const { oversample } = makingSettings(options);
  const choice = oversample === 1 ? '' : `, chosen from ${oversample} times as many`;
  let [finished, most] = [0, 0];
  return {
    onProgress: (more) => {
      finished += more;
    },
    onStep: ({ call, calls, sigma, positions }) => {
      const atOnce = positions.length / (3 * atomicNumbers.length * oversample);
      most = Math.max(most, Math.min(1, (finished + (atOnce * call) / calls) / count));
      const text = `${finished} of ${count} conformers finished${choice}; noise now ${sigma.toPrecision(2)} Å`;
      tell({ kind: 'progress', text, share: most });
    },
  };
}

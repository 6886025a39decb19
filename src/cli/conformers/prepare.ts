import { UserError } from '../../common/errors.js';
import { theoryLevels } from '../../conformers/dataset/ensemble.js';
import { prepareDataset } from '../../conformers/dataset/prepare-dataset.node.js';
import { readExclusions } from '../../conformers/dataset/read-exclusions.node.js';
import { fileSize } from '../../files/file-size.node.js';
import { elementNumber } from '../../molecules/elements.js';
import { shellWord } from '../../report/format.js';
import type { Args, Context } from '../command.js';
import { CheckFailed } from '../errors.js';
import { flagOf } from '../flags.js';
import { formatCount } from '../format.js';
import type { Output } from '../output.js';
import { requireOutputFile } from '../output-file.js';
import { packageVersion } from '../version.js';
import type { conformersPrepareSpec } from './prepare-spec.js';
import { countOf, summarize } from './prepare-summary.js';

type PrepareArgs = Args<typeof conformersPrepareSpec>;

/** How many bad records are shown; all are counted. */
const MOST_FAULTS = 20;

/** Makes a data set and says what became of the inputs. */
export async function run({ output, signal }: Context, args: PrepareArgs): Promise<void> {
  const { inputs, out, seed, maxConformers, maxAtoms, limit } = args;
  const elements = args.elements === undefined ? undefined : parseElements(args.elements);
  await checkFiles(args);
  const start = performance.now();
  const unread = new FaultReporter(output);
  // What this reader cannot read cannot get into the data set either, so it is no reason to fail.
  const excluded = await readExclusions(args.exclude ?? [], (message) => unread.report(`not excluded: ${message}`));
  const faults = new FaultReporter(output);
  const bar = output.progress('reading MB', await megabytes(inputs));
  const prepared = await prepareDataset(inputs, out, {
    ...{ seed, maxConformers, maxAtoms, limit, elements, excluded, signal },
    shares: { valid: args.valid, test: args.test },
    level: theoryLevels.find((level) => level === args.level),
    program: `clofnet ${packageVersion()}`,
    command: commandLine(args),
    onProgress: (bytes, ensembles) => bar.update(bytes / 1e6, `${formatCount(ensembles)} isomers`),
    onFault: (message) => faults.report(message),
  });
  bar.finish();
  const seconds = (performance.now() - start) / 1000;
  summarize(output, { file: args.out, prepared, excluded: excluded.size, seconds });
  faults.finish();
}

/** Reports records that cannot be read, the first ones each on a line. */
class FaultReporter {
  readonly #output: Output;
  #count = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  report(message: string): void {
    this.#count += 1;
    if (this.#count <= MOST_FAULTS) this.#output.warn(message);
    if (this.#count === MOST_FAULTS + 1) this.#output.warn('further unreadable records are counted but not shown');
  }

  /** @throws CheckFailed where there were any */
  finish(): void {
    if (this.#count === 0) return;
    throw new CheckFailed(`${countOf(this.#count, 'record')} could not be read and were skipped`);
  }
}

/** What would otherwise show after an hour of reading. */
async function checkFiles({ inputs, exclude, out, force }: PrepareArgs): Promise<void> {
  const repeated = inputs.find((path, k) => inputs.indexOf(path) < k);
  if (repeated !== undefined) throw new UserError(`${repeated} is named twice`);
  await megabytes([...inputs, ...(exclude ?? [])]);
  const read = [...inputs, ...(exclude ?? [])];
  await requireOutputFile(out, { option: '--out', inputs: read, endings: ['.safetensors'], force });
}

async function megabytes(paths: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of paths) bytes += (await fileSize(path)) ?? 0;
  return bytes / 1e6;
}

function parseElements(text: string): Set<number> {
  return new Set(
    text.split(',').map((symbol) => {
      const element = elementNumber(symbol.trim());
      if (element === undefined) throw new UserError(`--elements: "${symbol}" is not an element; write H,C,N,O,F`);
      return element;
    }),
  );
}

function commandLine({ inputs, exclude = [], ...options }: PrepareArgs): string {
  const words = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    return value === true ? [flagOf(name)] : [flagOf(name), String(value)];
  });
  const excluded = exclude.length > 0 ? ['--exclude', ...exclude] : [];
  return ['clofnet', 'conformers', 'prepare', ...inputs, ...words, ...excluded].map(shellWord).join(' ');
}

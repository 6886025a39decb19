import { stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { UserError } from '../../common/errors.js';
import {
  type ConformerForm,
  conformerForms,
  formatConformer,
  type RecordOrigin,
  recordProperties,
  runProperties,
} from '../../conformers/generation/conformer-record.js';
import type { GeneratedConformer } from '../../conformers/generation/generated.js';
import { readWritten, type WrittenConformers } from '../../conformers/generation/written-conformers.node.js';
import { AppendFile } from '../../files/append-file.node.js';
import type { Output } from '../output.js';

/** Where conformers go. */
export interface ConformerOutput {
  /** What an earlier run has left there; undefined where this run is not to go on with one. */
  readonly written: WrittenConformers | undefined;
  /** Whether a file is there that stays as it is until the first conformer. */
  readonly isThere: boolean;
  write(conformer: GeneratedConformer): Promise<void>;
  close(): Promise<void>;
  /** What went to standard output instead of a file, for the JSON document. */
  readonly printed: readonly unknown[];
}

export interface OutputChoice {
  readonly out: string;
  readonly resume: boolean;
  readonly force: boolean;
}

/**
 * Prepares the file that conformers go to, or standard output.
 * @throws UserError for a file that is in the way or cannot be gone on with
 */
export async function openConformerOutput(
  output: Output,
  { out, resume, force }: OutputChoice,
  origin: RecordOrigin,
): Promise<ConformerOutput> {
  if (out === '-') return standardOutput(output, resume, origin);
  const form = formOf(out);
  const isThere = await hasContent(out);
  if (isThere && !resume && !force) {
    throw new UserError(`${out} is already there; give --resume to go on with it, --force to replace it`);
  }
  const written = isThere && resume ? await readWritten(out, form, runProperties(origin)) : undefined;
  const file = await AppendFile.prepare(out, { keep: written?.bytes });
  return {
    written,
    isThere,
    write: (conformer) => file.append(formatConformer(conformer, form, origin)),
    close: () => file.close(),
    printed: [],
  };
}

function standardOutput(output: Output, resume: boolean, origin: RecordOrigin): ConformerOutput {
  if (resume) throw new UserError('--resume goes on with a file; name it by --out');
  const printed: unknown[] = [];
  return {
    written: undefined,
    isThere: false,
    async write(conformer) {
      if (output.json) printed.push(plainConformer(conformer, origin));
      else output.line(formatConformer(conformer, 'sdf', origin).replace(/\n$/, ''));
      // A turn later the stream tells of a full disk, which ends the program before it says more.
      await nextTurn();
    },
    close: async () => undefined,
    printed,
  };
}

const plainConformer = (conformer: GeneratedConformer, origin: RecordOrigin) => ({
  name: conformer.given.name,
  ...recordProperties(conformer, origin),
  atomicNumbers: conformer.molecule.atomicNumbers,
  coordinates: conformer.coordinates,
});

/** The form that a file's name stands for. */
export function formOf(path: string): ConformerForm {
  const form = conformerForms.find((one) => path.toLowerCase().endsWith(`.${one}`));
  if (form) return form;
  throw new UserError(`--out takes a name that ends in .sdf or .xyz, or - for standard output, not ${path}`);
}

async function hasContent(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true && found.size > 0;
}

import { stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { UserError } from '../../common/errors.js';
import {
  formatConformer,
  type RecordOrigin,
  recordProperties,
  runProperties,
} from '../../conformers/generation/conformer-record.js';
import type { GeneratedConformer } from '../../conformers/generation/generated.js';
import { readWritten, type WrittenConformers } from '../../conformers/generation/written-conformers.node.js';
import { moleculeFormats } from '../../conformers/records/formats.js';
import { AppendFile } from '../../files/append-file.node.js';
import { STANDARD } from '../../files/byte-stream.node.js';
import { usualEndings } from '../../files/file-format.js';
import { type ConformerWriter, type WrittenFormat, writtenFormats } from '../../molecules/formats/molecule-format.js';
import type { Output } from '../output.js';

/** Where conformers go. */
export interface ConformerOutput {
  /** What an earlier run left there; undefined if this run does not continue one. */
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
 * @throws UserError for a file that is in the way or cannot be continued
 */
export async function openConformerOutput(
  output: Output,
  { out, resume, force }: OutputChoice,
  origin: RecordOrigin,
): Promise<ConformerOutput> {
  if (out === STANDARD) return standardOutput(output, resume, await standardFormat.writer(), origin);
  const writer = await outputFormat(out).writer();
  const isThere = await hasContent(out);
  if (isThere && !resume && !force) {
    throw new UserError(`${out} is already there; give --resume to continue it or --force to start over`);
  }
  const written = isThere && resume ? await readWritten(out, writer, runProperties(origin)) : undefined;
  const file = await AppendFile.prepare(out, { keep: written?.bytes });
  return {
    written,
    isThere,
    write: (conformer) => file.append(formatConformer(conformer, writer, origin)),
    close: () => file.close(),
    printed: [],
  };
}

function standardOutput(
  output: Output,
  resume: boolean,
  writer: ConformerWriter,
  origin: RecordOrigin,
): ConformerOutput {
  if (resume) throw new UserError('--resume continues a file; name it with --out');
  const printed: unknown[] = [];
  return {
    written: undefined,
    isThere: false,
    async write(conformer) {
      if (output.json) printed.push(plainConformer(conformer, origin));
      else output.line(formatConformer(conformer, writer, origin).replace(/\n$/, ''));
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

const formats = writtenFormats(moleculeFormats);
const [standardFormat] = formats;

/** How names of files of conformers end. */
export const outputEndings: readonly string[] = formats.map(({ endings: [ending] }) => ending);

/** The format of a file by its name. */
export function outputFormat(path: string): WrittenFormat {
  const format = formats.find(({ endings: [ending] }) => path.toLowerCase().endsWith(ending));
  if (format) return format;
  throw new UserError(
    `--out takes a name that ends in ${usualEndings(formats)}, or - for standard output, not ${path}`,
  );
}

async function hasContent(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true && found.size > 0;
}

import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { createGzip } from 'node:zlib';
import { UserError } from '../../common/errors.js';
import { anotherFile, resumeOrStartOver } from '../../common/remedy.js';
import { AppendFile } from '../../files/append-file.node.js';
import { writeFileAtomic } from '../../files/atomic.node.js';
import { byteStream } from '../../files/byte-stream.node.js';
import { textLines } from '../../files/text-lines.js';

/** How an {@link EnsembleFile} is opened. */
export interface EnsembleFileOptions {
  /** What all lines of a run have in common. */
  readonly settings: string;
  /** Continues a file of the same settings. */
  readonly resume?: boolean;
  /** Replaces a file that is there. */
  readonly force?: boolean;
}

/** What an earlier run left. */
interface Written {
  readonly sources: Set<string>;
  readonly bytes: number;
}

const NOTHING: Written = { sources: new Set(), bytes: 0 };

/**
 * JSON lines of ensembles that grow by whole lines; what a killed run leaves can be resumed. A file whose name ends
 * in `.gz` grows as FILE.partial and is packed at the end.
 */
export class EnsembleFile {
  readonly path: string;
  /** The `source` of every line that is there. */
  readonly sources: Set<string>;
  /** The file that was there when it was opened, and stays unchanged until the first line. */
  readonly kept: string | undefined;
  readonly #working: AppendFile;

  private constructor(path: string, working: AppendFile, { sources, kept }: Pick<EnsembleFile, 'sources' | 'kept'>) {
    this.path = path;
    this.#working = working;
    this.sources = sources;
    this.kept = kept;
  }

  /** The file that lines are written to: `path`, or FILE.partial. */
  get growing(): string {
    return this.#working.path;
  }

  /** @throws UserError where a file is there already, or is none to continue */
  static async open(path: string, { settings, resume, force }: EnsembleFileOptions): Promise<EnsembleFile> {
    const working = isPacked(path) ? `${path}.partial` : path;
    const found = await firstThere([working, path]);
    if (found !== undefined && !resume && !force) {
      throw new UserError(`${found} is already there`, { code: 'conflict', file: found, remedy: resumeOrStartOver });
    }
    if (resume && found === path && isPacked(path)) await writeFileAtomic(working, byteStream(path));
    const written = resume && found !== undefined ? await readWritten(working, settings) : NOTHING;
    if (force && working !== path) await rm(working, { force: true });
    const kept = force ? await firstThere([path]) : found;
    const file = await AppendFile.prepare(working, { keep: written.bytes });
    return new EnsembleFile(path, file, { sources: new Set(written.sources), kept });
  }

  /** Adds a line. @param line without its end */
  async append(source: string, line: string): Promise<void> {
    await this.#working.append(`${line}\n`);
    this.sources.add(source);
  }

  /** Ends the run for now: it can be continued. */
  close(): Promise<void> {
    return this.#working.close();
  }

  /** Ends the run for good. */
  async finish(): Promise<void> {
    await this.#working.close();
    const { path } = this.#working;
    if (path === this.path || (await firstThere([path])) === undefined) return;
    await writeFileAtomic(this.path, createReadStream(path).pipe(createGzip()));
    await rm(path);
  }
}

const isPacked = (path: string): boolean => path.endsWith('.gz');

async function firstThere(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found) return path;
  }
  return undefined;
}

/** The whole lines of a file; half a line at its end is skipped. */
async function readWritten(path: string, settings: string): Promise<Written> {
  const { size } = await stat(path);
  const sources = new Set<string>();
  let [bytes, at] = [0, 0];
  for await (const { number, text } of textLines(byteStream(path), path)) {
    at += Buffer.byteLength(text) + 1;
    if (at > size) break;
    sources.add(sourceOf(text, `${path}:${number}`, settings));
    bytes = at;
  }
  return { sources, bytes };
}

function sourceOf(text: string, where: string, settings: string): string {
  const line = parsed(text);
  if (typeof line !== 'object' || line === null || !('source' in line) || !('settings' in line)) {
    throw new UserError(`${where}: this cannot be resumed`, {
      code: 'conflict',
      remedy: [{ command: 'conformers ensemble', action: 'give' }, anotherFile],
    });
  }
  if (line.settings !== settings) {
    throw new UserError(`${where} was made with '${String(line.settings)}', this run has '${settings}'`, {
      code: 'conflict',
    });
  }
  return String(line.source);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

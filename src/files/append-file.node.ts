import { constants } from 'node:fs';
import { access, type FileHandle, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { writeError } from './file-errors.node.js';

export interface AppendOptions {
  /** Keeps the first so many bytes of the file that is there; default none. */
  readonly keep?: number;
}

/**
 * A file that grows by whole records: each is handed to the system in one piece, so that a process that is killed
 * leaves whole ones, and one that does not fit on the disk is taken back. The file is made, or cut, with the first
 * record.
 */
export class AppendFile {
  readonly path: string;
  readonly #keep: number;
  #file: FileHandle | undefined;
  /** Bytes of whole records. */
  #size: number;

  private constructor(path: string, keep: number) {
    this.path = path;
    this.#keep = keep;
    this.#size = keep;
  }

  /** @throws UserError where the folder is missing or may not be written */
  static async prepare(path: string, { keep = 0 }: AppendOptions = {}): Promise<AppendFile> {
    try {
      await access(dirname(resolve(path)), constants.W_OK);
    } catch (error) {
      throw writeError(error, path);
    }
    return new AppendFile(path, keep);
  }

  /** @throws UserError where the disk is full, and so on; the file then ends with the record before */
  async append(record: string): Promise<void> {
    try {
      this.#file ??= await this.#open();
      await this.#file.appendFile(record);
      this.#size += Buffer.byteLength(record);
    } catch (error) {
      // A device cannot be cut; what stopped the record is what matters.
      await this.#file?.truncate(this.#size).catch(() => undefined);
      throw writeError(error, this.path);
    }
  }

  async #open(): Promise<FileHandle> {
    const file = await open(this.path, 'a');
    const { size } = await file.stat();
    if (size > this.#keep) await file.truncate(this.#keep);
    return file;
  }

  /** Flushes what was written to the disk. */
  async close(): Promise<void> {
    await this.#file?.sync();
    await this.#file?.close();
    this.#file = undefined;
  }
}

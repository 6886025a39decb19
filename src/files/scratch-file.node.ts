import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { readError, writeError } from './file-errors.node.js';

/**
 * A file for what does not fit in memory while another file is made, in the folder of that one, where room is needed
 * anyway. Its name is such that a later write of that file removes it, should this process be killed.
 */
export class ScratchFile {
  readonly #path: string;
  readonly #file: FileHandle;
  #end = 0;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** @throws UserError where the folder of `target` is missing or may not be written */
  static async open(target: string): Promise<ScratchFile> {
    const name = `.${basename(target)}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
    const path = join(dirname(resolve(target)), name);
    try {
      return new ScratchFile(path, await open(path, 'wx+'));
    } catch (error) {
      throw writeError(error, target);
    }
  }

  /** Adds bytes at the end, and says where they begin. */
  async append(bytes: Uint8Array): Promise<number> {
    const start = this.#end;
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, start + done);
        done += bytesWritten;
      }
    } catch (error) {
      throw writeError(error, this.#path);
    }
    this.#end += bytes.length;
    return start;
  }

  /** The bytes from `start` on. */
  async read(start: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.#file.read(bytes, done, length - done, start + done).catch((error: unknown) => {
        throw readError(error, this.#path);
      });
      if (bytesRead === 0) throw new Error(`${this.#path} has only ${start + done} bytes`);
      done += bytesRead;
    }
    return bytes;
  }

  /** Removes the file. */
  async remove(): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }
}

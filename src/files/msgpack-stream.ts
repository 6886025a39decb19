import { decode } from '@msgpack/msgpack';
import { UserError } from '../common/errors.js';
import { isMapType, type ObjectHead, objectHead } from './msgpack-heads.js';

/** The most bytes that one object may have; a damaged length would otherwise ask for all memory. */
const LARGEST_OBJECT = 2 ** 30;

/**
 * Reads MessagePack piece by piece. A map can be entered, so that its entries come one by one: of a map that holds a
 * whole file no more than one entry is ever in memory.
 */
export class MsgpackStream {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #source: string;
  readonly #largest: number;
  #bytes: Uint8Array = new Uint8Array();
  #view = new DataView(this.#bytes.buffer);
  /** Where the next object begins: in the bytes at hand, and in the stream. */
  #at = 0;
  #position = 0;

  /** @param source the file's name, for error messages */
  constructor(chunks: AsyncIterable<Uint8Array>, source: string, { largest = LARGEST_OBJECT } = {}) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#source = source;
    this.#largest = largest;
  }

  /** The byte of the stream at which the next object begins. */
  get position(): number {
    return this.#position;
  }

  /** Whether all has been read. */
  async atEnd(): Promise<boolean> {
    while (this.#at === this.#bytes.length) {
      if (!(await this.#pull())) return true;
    }
    return false;
  }

  /**
   * Enters a map.
   *
   * @returns its number of entries; of each the key comes next, and then the value
   * @throws UserError where something else comes, or the stream ends
   */
  async enterMap(): Promise<number> {
    let head = this.#head(0);
    for (; head === 'more'; head = this.#head(0)) await this.#more();
    if (!isMapType(this.#bytes[this.#at])) this.#fail('expected a map from SMILES to ensembles');
    this.#advance(head.size);
    return head.children / 2;
  }

  /** The next object, with all that belongs to it. @throws UserError where it is damaged or cut short */
  async read(): Promise<unknown> {
    let length = 0;
    for (let open = 1; open > 0; ) {
      const head = this.#head(length);
      if (head === 'more') {
        await this.#more();
        continue;
      }
      length += head.size;
      open += head.children - 1;
      if (length > this.#largest) this.#fail(`an object of more than ${this.#largest} bytes`);
    }
    while (this.#bytes.length < this.#at + length) await this.#more();
    const bytes = this.#bytes.subarray(this.#at, this.#at + length);
    try {
      const value = decode(bytes);
      this.#advance(length);
      return value;
    } catch (cause) {
      return this.#fail(`an object that cannot be read (${cause instanceof Error ? cause.message : cause})`);
    }
  }

  /** Ends the reading of the stream. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  /** The head of what begins so many bytes after the place in hand; without a promise, as there is one a number. */
  #head(offset: number): ObjectHead | 'more' {
    const head = objectHead(this.#view, this.#at + offset);
    if (head === 'wrong') this.#fail(`a byte that begins nothing, ${offset} bytes on`);
    return head;
  }

  async #more(): Promise<void> {
    if (!(await this.#pull())) this.#fail('the file is cut short');
  }

  /** Gets more bytes and lets go of those that have been read. */
  async #pull(): Promise<boolean> {
    const wanted = Math.max(1, this.#bytes.length - this.#at);
    const parts: Uint8Array[] = [this.#bytes.subarray(this.#at)];
    // As much again as is there: one join a doubling, whatever the size of the chunks.
    for (let got = 0; got < wanted; ) {
      const { value, done } = await this.#chunks.next();
      if (done === true) break;
      parts.push(value);
      got += value.length;
    }
    this.#bytes = join(parts);
    this.#view = new DataView(this.#bytes.buffer);
    this.#at = 0;
    return parts.length > 1;
  }

  #advance(bytes: number): void {
    this.#at += bytes;
    this.#position += bytes;
  }

  #fail(what: string): never {
    throw new UserError(`${this.#source}: damaged MessagePack at byte ${this.#position}: ${what}`, {
      file: this.#source,
    });
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

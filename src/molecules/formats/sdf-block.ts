import { UserError } from '../../common/errors.js';
import type { TextLine } from '../../files/text-lines.js';

/** The lines of one record of an SDF, without the `$$$$` that ends it. */
export interface SdfBlock {
  /** Which record of its file, from 1. */
  readonly number: number;
  /** The number of its first line in the file, from 1. */
  readonly firstLine: number;
  readonly lines: readonly string[];
  /** What the file is called, for error messages. */
  readonly source: string;
}

/** Cuts lines into records. A MOL file, which has no `$$$$`, is one record. */
export class BlockCutter {
  readonly #source: string;
  #number = 0;
  #firstLine = 1;
  #lines: string[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  /** The record that ends with this line, if one does. */
  push({ number, text }: TextLine): SdfBlock | undefined {
    if (this.#lines.length === 0) this.#firstLine = number;
    if (!text.startsWith('$$$$')) {
      this.#lines.push(text);
      return undefined;
    }
    return this.#cut();
  }

  /** The record that the end of the file ends, if there is one. */
  end(): SdfBlock | undefined {
    return this.#lines.some((line) => line.trim() !== '') ? this.#cut() : undefined;
  }

  #cut(): SdfBlock {
    this.#number += 1;
    const block = { number: this.#number, firstLine: this.#firstLine, lines: this.#lines, source: this.#source };
    this.#lines = [];
    return block;
  }
}

/** Walks through the lines of a record. */
export class BlockReader {
  readonly block: SdfBlock;
  #next = 0;

  constructor(block: SdfBlock) {
    this.block = block;
  }

  /** @param what the line is to hold, for the error where the record ends before it */
  line(what: string): string {
    if (this.#next >= this.block.lines.length) {
      throw this.error(`the record ends where ${what} should be; is the file cut short?`, this.block.lines.length - 1);
    }
    return this.block.lines[this.#next++];
  }

  /** The lines that are left. */
  rest(): readonly string[] {
    return this.block.lines.slice(this.#next);
  }

  /** An error about the line that was read last, or another one, counted from 0. */
  error(message: string, line = this.#next - 1): UserError {
    const { source, firstLine, number } = this.block;
    return new UserError(`record ${number}: ${message}`, {
      file: source,
      line: firstLine + Math.max(0, line),
      record: number,
    });
  }
}

import { type ErrorPlace, UserError } from '../common/errors.js';

/** The lines of a structure, and the number of the first one. */
export interface StructureBlock {
  readonly lines: readonly string[];
  readonly first: number;
}

/** Cuts lines into structures. Blank ones after the last structure are skipped. */
export class StructureCutter {
  readonly #source: string;
  #number = 0;
  #blank = 0;
  #count = 0;
  #lines: string[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  /** Whether a structure has begun and is not at its end. */
  get isOpen(): boolean {
    return this.#lines.length > 0;
  }

  /** The structure that ends with this line, if one does. @throws UserError where no structure begins */
  push(text: string): StructureBlock | undefined {
    this.#number += 1;
    if (!this.isOpen) {
      if (text.trim() === '') {
        this.#blank ||= this.#number;
        return undefined;
      }
      if (this.#blank > 0) parseCount('', { file: this.#source, line: this.#blank });
      this.#count = parseCount(text, { file: this.#source, line: this.#number });
    }
    this.#lines.push(text);
    if (this.#lines.length < this.#count + 2) return undefined;
    const block = { lines: this.#lines, first: this.#number - this.#lines.length + 1 };
    this.#lines = [];
    return block;
  }

  /** @throws UserError where the lines end inside of a structure */
  end(): void {
    if (!this.isOpen) return;
    const first = this.#number - this.#lines.length + 1;
    while (this.#lines.at(-1)?.trim() === '') this.#lines.pop();
    const found = Math.max(0, this.#lines.length - 2);
    const bodies = this.#count === 1 ? '1 body' : `${this.#count} bodies`;
    throw new UserError(`the structure announces ${bodies}, the file ends after ${found}`, {
      file: this.#source,
      line: first,
    });
  }
}

function parseCount(line: string, where: ErrorPlace): number {
  const text = line.trim();
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UserError(`expected the number of bodies of a structure (1 or more), found "${text.slice(0, 40)}"`, where);
}

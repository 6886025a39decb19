import { UserError } from '../common/errors.js';

/** A line of a file and its number, from 1. */
export interface TextLine {
  readonly number: number;
  readonly text: string;
}

/** How {@link textLines} reads. */
export interface TextLinesOptions {
  /** The most letters that a line may have; a longer one would fill the memory. */
  readonly longest?: number;
}

/**
 * Cuts a stream of UTF-8 into lines, without their ends (`\n` or `\r\n`). An empty line after the last end is none.
 *
 * @param source the file's name, for error messages
 * @throws UserError for a line that is longer than `longest`, 2^28 letters where it is not given
 */
export async function* textLines(
  chunks: AsyncIterable<Uint8Array>,
  source: string,
  { longest = 2 ** 28 }: TextLinesOptions = {},
): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder();
  let number = 0;
  let parts: string[] = [];
  let length = 0;
  const line = (last: string): TextLine => {
    const text = [...parts, last].join('').replace(/\r$/, '');
    parts = [];
    length = 0;
    number += 1;
    return { number, text };
  };
  for await (const chunk of chunks) {
    const [first, ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    let open = first;
    for (const next of others) {
      yield line(open);
      open = next;
    }
    parts.push(open);
    length += open.length;
    if (length > longest) throw new UserError(`${source}:${number + 1}: the line has more than ${longest} letters`);
  }
  const rest = decoder.decode();
  if (length + rest.length > 0) yield line(rest);
}

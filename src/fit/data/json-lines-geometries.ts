import { UserError } from '../../common/errors.js';
import { textLines } from '../../files/text-lines.js';
import type { Geometry } from './geometry.js';
import { geometryOfJson } from './json-geometry.js';

/**
 * The geometries of a file of JSON lines, one object a line; empty lines are skipped. See {@link geometryOfJson}.
 * @throws UserError with file and line
 */
export async function* read(bytes: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<Geometry> {
  for await (const { number: line, text } of textLines(bytes, source)) {
    if (text.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw new UserError('the line is no JSON; expected one object a line', { file: source, line, cause });
    }
    yield geometryOfJson(value, { file: source, line });
  }
}

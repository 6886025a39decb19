import { UserError } from '../../common/errors.js';
import { formatExtendedXyz, type ReadOptions, readExtendedXyz, type XyzFrame } from '../../files/extended-xyz.js';
import { textLines } from '../../files/text-lines.js';

/** The frames of a file, all of which must be sound. */
export async function read(
  bytes: AsyncIterable<Uint8Array>,
  source: string,
  options?: ReadOptions,
): Promise<XyzFrame[]> {
  const frames: XyzFrame[] = [];
  for await (const result of readExtendedXyz(textLines(bytes, source), source, options)) {
    if ('error' in result) throw result.error;
    frames.push(result.frame);
  }
  if (frames.length === 0) throw new UserError(`${source}: the file is empty; expected extended XYZ`);
  return frames;
}

export const write = formatExtendedXyz;

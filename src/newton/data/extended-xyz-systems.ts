import { UserError } from '../../common/errors.js';
import { formatExtendedXyz, type ReadOptions, readExtendedXyz, type XyzStructure } from '../../files/extended-xyz.js';
import { textLines } from '../../files/text-lines.js';

/** The structures of a file, all of which must be sound. */
export async function read(
  bytes: AsyncIterable<Uint8Array>,
  source: string,
  options?: ReadOptions,
): Promise<XyzStructure[]> {
  const structures: XyzStructure[] = [];
  for await (const result of readExtendedXyz(textLines(bytes, source), source, options)) {
    if ('error' in result) throw result.error;
    structures.push(result.structure);
  }
  if (structures.length === 0) throw new UserError(`${source}: the file is empty; expected extended XYZ`);
  return structures;
}

export const write = formatExtendedXyz;

import { UserError } from '../../common/errors.js';
import { StructureCutter } from '../../files/extended-xyz-cutter.js';
import { parseInfo } from '../../files/extended-xyz-info.js';
import type { Molecule } from '../molecule.js';
import type { ConformerCutter, ConformerProperties } from './molecule-format.js';
import { writeXyz } from './xyz-write.js';

/** A conformer as a structure of extended XYZ. */
export const write = (molecule: Molecule, coordinates: ArrayLike<number>, notes: ConformerProperties): string =>
  writeXyz(molecule, [{ coordinates, notes }]);

/** Cuts extended XYZ into structures. */
export function cutter(source: string): ConformerCutter {
  const structures = new StructureCutter(source);
  return {
    push(line) {
      if (!structures.isOpen && !/^\s*\d+\s*$/.test(line)) {
        throw new UserError(`${source}: '${line}' stands where a structure should begin; this is not an XYZ file`);
      }
      const block = structures.push(line);
      return block && new Map(Object.entries(parseInfo(block.lines[1], { file: source, line: block.first + 1 })));
    },
  };
}

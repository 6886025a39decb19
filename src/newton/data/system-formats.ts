import type { ReadOptions, XyzStructure } from '../../files/extended-xyz.js';
import type { FileFormat } from '../../files/file-format.js';

/** A format of files of systems of bodies: what is said of it here, and its code, loaded when it is needed. */
export interface SystemFormat extends FileFormat {
  readonly load: () => Promise<SystemFormatCode>;
}

/** The code of a format: a module that exports these. */
export interface SystemFormatCode {
  /**
   * All systems of a file.
   *
   * @param source the file's name, for error messages
   * @throws UserError with the place of what cannot be read or is missing
   */
  read(bytes: AsyncIterable<Uint8Array>, source: string, options?: ReadOptions): Promise<XyzStructure[]>;
  write(systems: Iterable<XyzStructure>): string;
}

/** Extended XYZ (https://github.com/libAtoms/extxyz), a structure a system. */
const extendedXyz: SystemFormat = {
  title: 'extended XYZ',
  endings: ['.xyz', '.extxyz'],
  load: () => import('./extended-xyz-systems.js'),
};

/** Every format of systems; the first is that of standard output, and of files that do not state theirs. */
export const systemFormats: readonly [SystemFormat, ...SystemFormat[]] = [extendedXyz];

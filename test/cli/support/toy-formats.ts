import { UserError } from '../../../src/common/errors.js';
import { textLines } from '../../../src/files/text-lines.js';
import type {
  ConformerWriter,
  MoleculeFormat,
  MoleculeReader,
} from '../../../src/molecules/formats/molecule-format.js';
import type { MoleculeRecord } from '../../../src/molecules/formats/molecule-record.js';
import type { SystemFormat, SystemFormatCode } from '../../../src/newton/data/system-formats.js';

/** A conformer a line: `toy [smiles, elements, positions, properties]`. */
const reader: MoleculeReader = {
  async *read(bytes, source) {
    for await (const { number, text } of textLines(bytes, source)) {
      const where = `${source}:${number}`;
      try {
        yield { record: parse(text), where };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        yield { error: error.message, where };
      }
    }
  },
};

const writer: ConformerWriter = {
  write(molecule, coordinates, properties) {
    const { smiles, atomicNumbers } = molecule;
    return `toy ${JSON.stringify([smiles, [...atomicNumbers], Array.from(coordinates), properties])}\n`;
  },
  cutter: () => ({ push: (line) => parse(line).properties }),
};

function parse(line: string): MoleculeRecord {
  if (!line.startsWith('toy ')) throw new UserError('this is no toy');
  const [smiles, elements, positions, properties] = JSON.parse(line.slice(4));
  return {
    name: '',
    smiles,
    atomicNumbers: Uint8Array.from(elements),
    conformers: [Float32Array.from(positions)],
    properties: new Map(Object.entries(properties).map(([name, value]) => [name, String(value)])),
  };
}

/** A format that only tests know. */
export const toyFormat: MoleculeFormat = {
  title: 'toys',
  endings: ['.toy'],
  beginsLike: (start) => new TextDecoder().decode(start).startsWith('toy '),
  holds: ['graph', 'coordinates', 'properties'],
  reader: async () => reader,
  writer: async () => writer,
};

/** Systems on a line of which bodies move: a line `x velocity charge` a body. */
const systemCode: SystemFormatCode = {
  async read(bytes, source) {
    const rows: number[][] = [];
    for await (const { text } of textLines(bytes, source)) rows.push(text.split(' ').map(Number));
    const along = (k: number) => Float64Array.from(rows.flatMap((row) => [row[k], 0, 0]));
    const arrays = new Map([
      ['velocities', { columns: 3, data: along(1) }],
      ['charges', { columns: 1, data: Float64Array.from(rows, ([, , charge]) => charge) }],
    ]);
    return [{ species: rows.map(() => 'X'), positions: along(0), arrays, info: {} }];
  },
  write: (systems) =>
    Array.from(systems, ({ positions }) => `${positions.filter((_, k) => k % 3 === 0).join('\n')}\n`).join(''),
};

/** A format of systems that only tests know. */
export const toySystems: SystemFormat = { title: 'toy systems', endings: ['.toys'], load: async () => systemCode };

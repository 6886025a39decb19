import { decodeNpz } from '../../files/npz.js';
import type { Geometry, GeometryNumbers } from './geometry.js';
import { npzColumns, npzUnits } from './npz-columns.js';
import { doublesOf, npzLayout } from './npz-layout.js';

/**
 * The geometries of a `.npz` file in the layouts of rMD17 (`nuclear_charges`, `coords`, `energies`, `forces`) and MD17
 * (`z`, `R`, `E`, `F`), which are energy and forces under their conventional names; other arrays keep theirs.
 *
 * Positions have the shape (geometries, atoms, 3); atomic numbers (atoms), or (geometries, atoms) where geometries
 * differ; 0 stands for a row that is no atom. `cell` and `pbc` are of all geometries or of each. Any other array is a
 * column where its first axis is as long as there are geometries: of atoms, where the second is as long as there are
 * atoms, else of geometries. Where that could be either (three numbers for three atoms) and the name is no conventional
 * one it is both, and the declared target or input says which is meant.
 *
 * @throws UserError for what is no such file, and arrays whose shapes do not go together
 */
export async function* read(bytes: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<Geometry> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  const file = decodeNpz(joined(parts), source);
  const layout = npzLayout(file, source);
  const { columns, setAside } = npzColumns(file, layout, source);
  const units = npzUnits(file);
  for (let k = 0; k < layout.geometries; k++) {
    const all = layout.speciesOf(k);
    const atoms = [...all.keys()].filter((row) => all[row] !== undefined);
    const ofNodes: Record<string, GeometryNumbers> = {};
    const ofGraphs: Record<string, Float64Array> = {};
    for (const { name, data, stride, isOfNodes, isOfGraphs } of columns) {
      const numbers = doublesOf(data, k * stride, stride);
      const width = stride / layout.atoms;
      if (isOfNodes) ofNodes[name] = { width, data: rowsOf(numbers, width, atoms) };
      if (isOfGraphs) ofGraphs[name] = numbers;
    }
    yield {
      species: atoms.map((row) => all[row] ?? 'X'),
      positions: rowsOf(doublesOf(layout.positions, 3 * layout.atoms * k, 3 * layout.atoms), 3, atoms),
      ...layout.cellOf(k),
      ofNodes,
      ofGraphs,
      units,
      ...(k === 0 && { setAside }),
      source: { file: source, frame: k + 1 },
    };
  }
}

function rowsOf(numbers: Float64Array, width: number, rows: readonly number[]): Float64Array {
  if (rows.length * width === numbers.length) return numbers;
  const kept = new Float64Array(rows.length * width);
  rows.forEach((row, k) => {
    kept.set(numbers.subarray(width * row, width * (row + 1)), width * k);
  });
  return kept;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

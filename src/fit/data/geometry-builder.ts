import { checkedCell } from './cell.js';
import { errorAt, type Geometry } from './geometry.js';
import { GeometryColumns } from './geometry-columns.js';
import { type GeometrySet, type GeometrySource, sayWhere } from './geometry-set.js';
import { GrowingNumbers } from './growing-numbers.js';

/** Makes a set of geometries that come one after the other. */
export class GeometrySetBuilder {
  readonly #names = new Map<string, number>();
  readonly #species = new GrowingNumbers();
  readonly #positions = new GrowingNumbers();
  readonly #sizes: number[] = [];
  readonly #sources: GeometrySource[] = [];
  readonly #cells = new GeometryColumns();
  readonly #nodes = new GeometryColumns();
  readonly #graphs = new GeometryColumns();
  readonly #texts = new Map<string, Map<number, string>>();
  readonly #units = new Map<string, string>();

  get count(): number {
    return this.#sizes.length;
  }

  /**
   * Adds a geometry.
   * @throws UserError with its place for one without atoms, positions that are not finite, and an unusable cell
   * @throws RangeError for arrays of the wrong length
   */
  add(geometry: Geometry): void {
    const { species, positions, ofNodes = {}, ofGraphs = {}, texts = {}, units = {}, source } = geometry;
    const atoms = species.length;
    if (atoms === 0) throw errorAt(source, 'the geometry has no atoms');
    if (positions.length !== 3 * atoms) throw new RangeError(`${positions.length} numbers place ${atoms} atoms`);
    const bad = Array.prototype.findIndex.call(positions, (x: unknown) => !Number.isFinite(x));
    if (bad >= 0)
      throw errorAt(source, `the position of atom ${Math.floor(bad / 3) + 1} is ${positions[bad]}, no finite number`);
    this.#addCell(geometry);
    const index = this.count;
    const ofAtoms = { before: this.#species.length, source };
    for (const [name, column] of Object.entries(ofNodes)) {
      if (column.data.length !== column.width * atoms)
        throw new RangeError(`${name} has ${column.data.length} numbers for ${atoms} atoms of ${column.width}`);
      this.#nodes.add(name, column, ofAtoms);
    }
    for (const [name, data] of Object.entries(ofGraphs))
      this.#graphs.add(name, { width: data.length, data }, { before: index, source });
    for (const [name, text] of Object.entries(texts)) this.#addText(name, index, text);
    for (const [name, unit] of Object.entries(units)) this.#addUnit(name, unit, source);
    for (const [name, reason] of Object.entries(geometry.setAside ?? {}))
      for (const columns of [this.#nodes, this.#graphs]) columns.setAsideFor(name, reason);
    this.#species.push(species.map((name) => this.#speciesNumber(name)));
    this.#positions.push(positions);
    this.#sizes.push(atoms);
    this.#sources.push(source);
  }

  /** The set of all that were added. */
  build(): GeometrySet {
    const sizes = Int32Array.from(this.#sizes);
    const texts = this.#buildTexts();
    const { cell, periodic } = this.#cells.build(this.count);
    const noCell = (x: number): number => (Number.isNaN(x) ? 0 : x);
    return {
      speciesNames: [...this.#names.keys()],
      species: Int32Array.from(this.#species.values()),
      sizes,
      first: startsOf(sizes),
      positions: this.#positions.values(),
      ...(cell && { cells: cell.data.map(noCell), periodic: Uint8Array.from(periodic.data, noCell) }),
      ofNodes: this.#nodes.build(this.#species.length),
      ofGraphs: this.#graphs.build(this.count),
      texts,
      sources: this.#sources,
      units: Object.fromEntries(this.#units),
      setAside: {
        ofNodes: Object.fromEntries(this.#nodes.setAside),
        ofGraphs: Object.fromEntries(this.#graphs.setAside),
      },
    };
  }

  #addCell(geometry: Geometry): void {
    const checked = checkedCell(geometry);
    if (!checked) return;
    const place = { before: this.count, source: geometry.source };
    this.#cells.add('cell', { width: 9, data: checked.cell }, place);
    this.#cells.add('periodic', { width: 3, data: checked.periodic }, place);
  }

  #speciesNumber(name: string): number {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    this.#names.set(name, this.#names.size);
    return this.#names.size - 1;
  }

  #addText(name: string, index: number, text: string): void {
    const column = this.#texts.get(name) ?? new Map<number, string>();
    this.#texts.set(name, column.set(index, text));
  }

  #addUnit(name: string, unit: string, source: GeometrySource): void {
    const known = this.#units.get(name) ?? unit;
    if (known !== unit) throw errorAt(source, `${name} is in ${unit} there, in ${known} elsewhere`);
    this.#units.set(name, unit);
  }

  /** What is text in some geometries and numbers in others is text in all, and set aside as numbers. */
  #buildTexts(): Record<string, string[]> {
    const graphs = this.#graphs.build(this.count);
    const entries = [...this.#texts].map(([name, column]): [string, string[]] => {
      const numbers = graphs[name];
      const [[index, text]] = column;
      const source = this.#graphs.sourceOf(name);
      if (source) {
        const instead = `"${text.slice(0, 20)}" in ${sayWhere(this.#sources[index])}`;
        this.#graphs.setAsideFor(name, `has numbers in ${sayWhere(source)}, but ${instead}`);
      }
      const numberText = (k: number): string => {
        const row = numbers?.data.subarray(numbers.width * k, numbers.width * (k + 1)) ?? [];
        return row.every(Number.isNaN) ? '' : row.join(' ');
      };
      return [name, this.#sizes.map((_, k) => column.get(k) ?? numberText(k))];
    });
    return Object.fromEntries(entries);
  }
}

/** The set of some geometries. */
export function geometrySet(geometries: Iterable<Geometry>): GeometrySet {
  const builder = new GeometrySetBuilder();
  for (const geometry of geometries) builder.add(geometry);
  return builder.build();
}

/** Where each of several things begins that stand one after the other. */
export function startsOf(sizes: Int32Array): Int32Array {
  const starts = new Int32Array(sizes.length);
  for (let k = 1; k < sizes.length; k++) starts[k] = starts[k - 1] + sizes[k - 1];
  return starts;
}

import { type GeometrySource, type NumberColumn, sayWhere } from './geometry-set.js';
import { GrowingNumbers } from './growing-numbers.js';

interface Growing {
  readonly width: number;
  readonly numbers: GrowingNumbers;
  readonly source: GeometrySource;
}

/**
 * Columns of numbers by name, to which geometries add their rows one after the other; NaN stands where one has none. A
 * name with rows of different widths is set aside.
 */
export class GeometryColumns {
  readonly #columns = new Map<string, Growing>();
  /** Names that no column can hold, and why. */
  readonly setAside = new Map<string, string>();

  /**
   * @param rows what the geometry has: 1 of graphs, its atoms of nodes
   * @param before the rows of all geometries before it
   */
  add(
    name: string,
    { width, data }: { readonly width: number; readonly data: ArrayLike<number> },
    { before, source }: { readonly before: number; readonly source: GeometrySource },
  ): void {
    if (this.setAside.has(name)) return;
    let column = this.#columns.get(name);
    if (!column) {
      column = { width, numbers: new GrowingNumbers(), source };
      this.#columns.set(name, column);
    }
    if (column.width !== width) {
      const [first, other] = [numbers(column.width), numbers(width)];
      this.setAsideFor(name, `has ${first} in ${sayWhere(column.source)}, ${other} in ${sayWhere(source)}`);
      return;
    }
    column.numbers.missingTo(before * width);
    column.numbers.push(data);
  }

  /** Where a column occurs first. */
  sourceOf(name: string): GeometrySource | undefined {
    return this.#columns.get(name)?.source;
  }

  /** Takes a column out, and what comes for it. */
  setAsideFor(name: string, reason: string): void {
    this.#columns.delete(name);
    if (!this.setAside.has(name)) this.setAside.set(name, reason);
  }

  /** @param rows of all geometries */
  build(rows: number): Record<string, NumberColumn> {
    const entries = [...this.#columns].map(([name, { width, numbers }]): [string, NumberColumn] => {
      numbers.missingTo(rows * width);
      return [name, { width, data: numbers.values() }];
    });
    return Object.fromEntries(entries);
  }
}

const numbers = (count: number): string => (count === 1 ? '1 number' : `${count} numbers`);

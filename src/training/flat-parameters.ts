import { type Parameter, parameterSize, type Weights } from '../nn/index.js';

/** All parameters of a model as one vector, in the order of their declaration. */
export class FlatLayout {
  readonly size: number;
  readonly entries: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly start: number;
    readonly end: number;
  }[];

  constructor(parameters: readonly Pick<Parameter, 'name' | 'shape'>[]) {
    let start = 0;
    this.entries = parameters.map((parameter) => {
      const end = start + parameterSize(parameter);
      const entry = { name: parameter.name, shape: parameter.shape, start, end };
      start = end;
      return entry;
    });
    this.size = start;
  }

  /** Each parameter's part of a flat vector, sharing its memory. */
  views(flat: Float32Array, prefix = ''): Record<string, Float32Array> {
    return Object.fromEntries(this.entries.map(({ name, start, end }) => [prefix + name, flat.subarray(start, end)]));
  }

  /** Copies named weights into a new flat vector. */
  flatten(weights: Weights): Float32Array {
    const flat = new Float32Array(this.size);
    for (const { name, start, end } of this.entries) {
      const values = weights.get(name);
      if (values?.length !== end - start)
        throw new RangeError(`weights: ${name} has ${values?.length ?? 'no'} values, expected ${end - start}`);
      flat.set(values, start);
    }
    return flat;
  }

  /** Copies a flat vector into named weights. */
  unflatten(flat: Float32Array): Map<string, Float32Array> {
    return new Map(this.entries.map(({ name, start, end }) => [name, flat.slice(start, end)]));
  }
}

/** Adds `values` to `total`, or where it is the first of a sum, copies them. */
export function accumulate(total: Float32Array, values: Float32Array, isFirst: boolean): void {
  if (isFirst) total.set(values);
  else for (let k = 0; k < total.length; k++) total[k] += values[k];
}

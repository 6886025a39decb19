import type { Program } from '../tensor/index.js';

/** Where programs run: `cpu` and `webgpu` in Node, `wasm` and `webgpu` in browsers. */
export type Device = 'cpu' | 'webgpu' | 'wasm';

/** The elements of a tensor: float32, float64, int32, int64, bool. */
export type Values = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array;

/** The values of a program's inputs or outputs, by name; elements in row-major order. */
export type Feeds = Readonly<Record<string, Values>>;

/** How long the named axes are in one run: `{ nodes: 5, edges: 20 }`. */
export type Sizes = Readonly<Record<string, number>>;

/** A program that is ready to run. */
export interface Executable<Output extends string = string> {
  /**
   * Runs the program once.
   * @param feeds a typed array for every input
   * @param sizes the length of every named axis
   * @param into arrays to write outputs to; outputs without one get a new array
   * @returns the outputs by name; one whose dtype is not float32 comes as the array of that dtype, see {@link Values}
   * @throws TypeError or RangeError, before anything runs, for a missing input, a wrong dtype or a wrong length
   */
  run(feeds: Feeds, sizes?: Sizes, into?: Partial<Record<Output, Values>>): Promise<Record<Output, Float32Array>>;
  /** Frees the program's memory. */
  close(): Promise<void>;
}

/** How a program is opened. */
export interface OpenOptions {
  /** Threads within one operation; more workers pay better than more threads. Default 1. */
  readonly threads?: number;
}

/** Runs compiled programs on one device. */
export interface Runtime {
  readonly device: Device;
  /** The version of ONNX Runtime. */
  readonly version: string;
  /** Makes a program ready to run. */
  open(program: Program, options?: OpenOptions): Promise<Executable>;
}

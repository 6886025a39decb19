import type {
  InferenceSession,
  InferenceSessionFactory,
  Tensor as OrtTensor,
  TensorConstructor,
} from 'onnxruntime-common';
import { type DType, formatShape, type Port, type Program } from '../tensor/index.js';
import type { Device, Executable, Feeds, OpenOptions, Runtime, Sizes, Values } from './runtime.js';

/** What the Node and the browser build of ONNX Runtime have in common. */
export interface OrtModule {
  readonly InferenceSession: InferenceSessionFactory;
  readonly Tensor: TensorConstructor;
  readonly env: { readonly versions: { readonly node?: string; readonly web?: string; readonly common: string } };
}

/** Whether a build writes results into arrays that it is given. The browser's leaves those as they were. */
const fillsOutputs = (ort: OrtModule): boolean => ort.env.versions.web === undefined;

const arrayOf: Record<DType, new (length: number) => Values> = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
};

/** The shape of a port with its named axes replaced by their lengths. */
function resolveShape(port: Port, sizes: Sizes): number[] {
  return port.shape.map((dim) => {
    const size = typeof dim === 'number' ? dim : sizes[dim];
    if (Number.isInteger(size) && size >= 0) return size;
    const problem = size === undefined ? `no size given for axis ${dim}` : `${size} is no size for axis ${dim}`;
    throw new RangeError(`${port.name} ${formatShape(port.shape)}: ${problem}`);
  });
}

/** A port's values as ONNX Runtime sees them; remade only when the array or its shape changes. */
class Binding {
  readonly port: Port;
  readonly #isFixed: boolean;
  #tensor: OrtTensor | undefined;
  #values: Values | undefined;

  constructor(port: Port) {
    this.port = port;
    this.#isFixed = port.shape.every((dim) => typeof dim === 'number');
  }

  bind(ort: OrtModule, given: Values | undefined, sizes: Sizes): OrtTensor {
    // Weights and their gradients: most of what a training step binds, and always the same arrays.
    if (this.#tensor && this.#isFixed && given === this.#values) return this.#tensor;
    const { name, dtype } = this.port;
    const shape = resolveShape(this.port, sizes);
    const length = shape.reduce((product, size) => product * size, 1);
    const values = given ?? new arrayOf[dtype](length);
    if (!(values instanceof arrayOf[dtype]))
      throw new TypeError(`${name}: expected ${dtype} values, got ${values.constructor.name}`);
    if (values.length !== length) {
      throw new RangeError(
        `${name}: ${values.length} values given for shape ${formatShape(shape)} (${formatShape(this.port.shape)})`,
      );
    }
    const isSame = values === this.#values && this.#tensor?.dims.every((size, k) => size === shape[k]);
    if (this.#tensor && isSame) return this.#tensor;
    this.#values = values;
    this.#tensor = new ort.Tensor(dtype as 'float32', values as Float32Array, shape);
    return this.#tensor;
  }
}

class Session implements Executable {
  readonly #ort: OrtModule;
  readonly #session: InferenceSession;
  readonly #inputs: readonly Binding[];
  readonly #outputs: readonly Binding[];

  constructor(ort: OrtModule, session: InferenceSession, program: Program) {
    this.#ort = ort;
    this.#session = session;
    this.#inputs = program.inputs.map((port) => new Binding(port));
    this.#outputs = program.outputs.map((port) => new Binding(port));
  }

  async run(feeds: Feeds, sizes: Sizes = {}, into: Feeds = {}): Promise<Record<string, Float32Array>> {
    const bound: Record<string, OrtTensor> = {};
    for (const input of this.#inputs) {
      const values = feeds[input.port.name];
      if (!values) throw new TypeError(`no values given for input ${input.port.name} ${formatShape(input.port.shape)}`);
      bound[input.port.name] = input.bind(this.#ort, values, sizes);
    }
    const fetches: Record<string, OrtTensor> = {};
    for (const output of this.#outputs)
      fetches[output.port.name] = output.bind(this.#ort, into[output.port.name], sizes);
    if (fillsOutputs(this.#ort)) await this.#session.run(bound, fetches);
    else await this.#runAndCopy(bound, fetches);
    return Object.fromEntries(Object.entries(fetches).map(([name, tensor]) => [name, tensor.data as Float32Array]));
  }

  async #runAndCopy(bound: Record<string, OrtTensor>, fetches: Record<string, OrtTensor>): Promise<void> {
    const results = await this.#session.run(bound, Object.keys(fetches));
    for (const [name, { data }] of Object.entries(results)) {
      // Both are of the port's dtype, which keeps the elements alike.
      (fetches[name].data as Float32Array).set(data as Float32Array);
      results[name].dispose();
    }
  }

  close(): Promise<void> {
    return this.#session.release();
  }
}

/**
 * ONNX Runtime would move transposes behind the operations that follow them where it finds fewer that way. Programs
 * keep x, y, z on the first axis for a reason: with them on the last, every operation on them takes several times as
 * long.
 */
const UNWANTED = ['TransposeOptimizer', 'TransposeOptimizer_CPUExecutionProvider'];

/** How programs are opened. */
export const sessionOptions = (device: Device, threads: number): InferenceSession.SessionOptions => ({
  executionProviders: [device],
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
  extra: { optimization: { disable_specified_optimizers: UNWANTED.join(';') } },
});

/** A runtime over one build of ONNX Runtime and one of its devices. */
export function createRuntime(ort: OrtModule, device: Device): Runtime {
  return {
    device,
    version: ort.env.versions.node ?? ort.env.versions.web ?? ort.env.versions.common,
    async open(program: Program, { threads = 1 }: OpenOptions = {}): Promise<Executable> {
      const session = await ort.InferenceSession.create(program.bytes, sessionOptions(device, threads));
      return new Session(ort, session, program);
    },
  };
}

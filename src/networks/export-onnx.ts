import type { Weights } from '../nn/index.js';
import { compile, type Port, type Program } from '../tensor/index.js';
import type { GeometricFunction } from './geometric-function.js';
import type { Described } from './weight-file.js';

/** What is exported: a network as a function of arrays, its weights, and what else its metadata say. */
export interface Exported extends Described<{ readonly model: string }> {
  readonly network: Pick<GeometricFunction, 'output' | 'exported' | 'quantities' | 'axes'>;
  readonly weights: Weights;
  /** Further entries of the metadata, such as units and the time span of predictions. */
  readonly notes?: Readonly<Record<string, string>>;
}

/**
 * A trained network as one ONNX file: weights inside, any number of graphs of any sizes, metadata that says what goes
 * in and out.
 * @param version the version of clofnet
 */
export function exportNetwork(
  { network, config, weights, provenance, notes = {} }: Exported,
  { version }: { readonly version: string },
): Program {
  const { exported: output = network.output, quantities, axes } = network;
  const { inputs, outputs } = compile(output, { constants: weights });
  const describe = ({ name, dtype, shape }: Port) => {
    const { meaning = '', unit = '' } = quantities[name] ?? {};
    return { name, dtype, shape, meaning, unit };
  };
  return compile(output, {
    constants: weights,
    name: `clofnet ${config.model}`,
    metadata: {
      clofnet_version: version,
      model: JSON.stringify(config),
      inputs: JSON.stringify(inputs.map(describe)),
      outputs: JSON.stringify(outputs.map(describe)),
      axes: JSON.stringify(axes),
      ...notes,
      provenance: JSON.stringify(provenance),
    },
  });
}

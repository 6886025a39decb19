import { compile, type Port, type Program } from '../tensor/index.js';
import type { DynamicsModel } from './model.js';
import type { ModelFile } from './model-file.js';
import { fieldNames, systemInputs } from './system.js';

/** The name of the output of exported networks. */
const EXPORTED_OUTPUT = 'predicted_positions';

/** What goes in and out, in words. Axis names: nodes are bodies, edges ordered pairs of bodies, graphs systems. */
const meanings: Readonly<Record<string, { readonly meaning: string; readonly unit: string }>> = {
  positions: { meaning: 'x, y, z of every body, system after system', unit: 'length, as in training' },
  velocities: { meaning: 'velocity of every body', unit: 'length / time, as in training' },
  charges: { meaning: 'charge of every body', unit: 'charge, as in training' },
  gravity: { meaning: 'constant force on every body of a system', unit: 'force, as in training' },
  magnetic: { meaning: 'magnetic field of a system', unit: 'magnetic field, as in training' },
  senders: {
    meaning:
      'number of the body that an edge comes from; every ordered pair of different bodies of a system is an edge',
    unit: '1',
  },
  receivers: { meaning: 'number of the body that an edge goes to', unit: '1' },
  graph_of_node: { meaning: 'number of the system of every body, ascending from 0', unit: '1' },
  graph_sizes: { meaning: 'number of bodies of every system', unit: '1' },
  [EXPORTED_OUTPUT]: { meaning: 'x, y, z of every body after the time span', unit: 'length, as in training' },
};

/**
 * A trained network as one ONNX file: weights inside, any number of systems of any sizes, metadata that says what
 * goes in and out.
 *
 * @param version the version of clofnet
 * @param timeSpan the time from the input to the prediction, where it is known
 */
export function exportOnnx(
  { model, config, weights, provenance }: ModelFile & { readonly model: DynamicsModel },
  { version, timeSpan }: { readonly version: string; readonly timeSpan?: number },
): Program {
  const outputs = { [EXPORTED_OUTPUT]: model.predict(systemInputs(fieldNames)) };
  const { inputs, outputs: predictions } = compile(outputs, { constants: weights });
  return compile(outputs, {
    constants: weights,
    name: `clofnet ${config.model}`,
    metadata: {
      clofnet_version: version,
      model: JSON.stringify(config),
      inputs: JSON.stringify(inputs.map(describe)),
      outputs: JSON.stringify(predictions.map(describe)),
      axes: JSON.stringify({ nodes: 'bodies of all systems', edges: 'ordered pairs of bodies', graphs: 'systems' }),
      units: 'those of the training data: simulated systems have charge, mass and force constants of 1',
      time_span: timeSpan === undefined ? 'unknown' : String(timeSpan),
      provenance: JSON.stringify(provenance),
    },
  });
}

function describe({ name, dtype, shape }: Port) {
  const { meaning, unit } = meanings[name] ?? { meaning: '', unit: '' };
  return { name, dtype, shape, meaning, unit };
}

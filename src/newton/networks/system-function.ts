import type { Matrix3 } from '../../geometry/index.js';
import { graphFeeds } from '../../graphs/index.js';
import { FOLLOWS_ALL, type Follows } from '../../networks/backbone.js';
import type { GeometricFunction, Sample } from '../../networks/geometric-function.js';
import type { Quantity } from '../../networks/quantities.js';
import { compile } from '../../tensor/index.js';
import { type Motion, orthogonalMotion, type Subject } from '../../testing/index.js';
import type { DynamicsModel } from './model.js';
import { openPredictor } from './predictor.js';
import { randomSystems } from './random-systems.js';
import {
  type BodyColumns,
  edgeQuantities,
  fieldKinds,
  fieldNames,
  nearerThan,
  quantitiesWith,
  systemInputs,
  systemWords,
} from './system.js';
import type { SystemBatch } from './system-batch.js';
import { systemGraph } from './system-graph.js';

/** The name of the output of many-body networks where they are tested or exported. */
const OUTPUT = 'predicted_positions';

const outputQuantity: Quantity = {
  kind: 'position',
  at: 'nodes',
  meaning: 'x, y, z of every body after the time span',
  unit: 'length, as in training',
};

/** Systems as named arrays. */
export const systemSample = ({ sizes, positions, velocities, charges, fields, columns }: SystemBatch): Sample => ({
  sizes,
  arrays: { positions, velocities, charges, ...fields, ...columns },
});

/** Systems out of named arrays. */
function systemBatch({ sizes, arrays }: Sample): SystemBatch {
  const { positions, velocities, charges, ...others } = arrays as Readonly<Record<string, Float32Array>>;
  const some = (areFields: boolean) =>
    Object.fromEntries(Object.entries(others).filter(([name]) => name in fieldKinds === areFields));
  return { sizes, positions, velocities, charges, fields: some(true), columns: some(false) };
}

/**
 * A function of systems, as what equivariance is measured of.
 * @param predict gives one vector a body, [bodies, 3]
 * @param kind of its result: positions shift when the system does, other vectors (forces, velocities) only turn
 * @param columns further columns that it takes
 */
export const systemSubject = (
  predict: (systems: SystemBatch) => Float32Array | Promise<Float32Array>,
  kind: 'position' | 'vector' = 'position',
  columns?: BodyColumns,
): Subject => ({
  inputs: quantitiesWith(columns),
  output: { ...outputQuantity, kind },
  run: (sample) => predict(systemBatch(sample)),
});

/**
 * Turns or mirrors whole systems, and the positions that are predicted for them.
 * @param determinant 1 for rotations, −1 for reflections
 * @param columns the further columns that the systems have
 */
export function systemMotion(matrix: Matrix3, determinant: 1 | -1, columns?: BodyColumns): Motion<SystemBatch> {
  const signature = { inputs: quantitiesWith(columns), output: outputQuantity };
  const { input, output } = orthogonalMotion(signature, matrix, determinant);
  return { input: (systems) => systemBatch(input(systemSample(systems))), output };
}

/** A many-body network, and what is known of it. */
export interface NamedModel {
  readonly name: string;
  readonly model: DynamicsModel;
  /** Which motions it follows; default all. */
  readonly follows?: Follows;
}

/** A many-body network as a function of named arrays. */
export function systemFunction({ name, model, follows = FOLLOWS_ALL }: NamedModel): GeometricFunction {
  const output = { [OUTPUT]: model.predict(systemInputs(fieldNames, model.columns)) };
  return {
    name,
    parameters: model.parameters,
    output,
    quantities: { ...quantitiesWith(model.columns), ...edgeQuantities(model.cutoff), [OUTPUT]: outputQuantity },
    words: systemWords,
    axes: {
      nodes: 'bodies of all systems',
      edges: `ordered pairs of bodies${nearerThan(model.cutoff)}`,
      graphs: 'systems',
    },
    follows,
    sample(rng, { graphs, nodes }) {
      const { inputs } = compile(output);
      const fields = fieldNames.filter((field) => inputs.some((port) => port.name === field));
      const sizes = new Array<number>(graphs).fill(nodes);
      return systemSample(randomSystems(rng, sizes, { fields, columns: model.columns }));
    },
    feeds: ({ sizes, arrays }) => {
      const { positions } = arrays as Readonly<Record<string, Float32Array>>;
      return { ...graphFeeds(systemGraph(sizes, positions, model.cutoff)), ...arrays };
    },
    async open(runtime, weights) {
      const predictor = await openPredictor(runtime, model, weights);
      return { run: (sample) => predictor.predict(systemBatch(sample)), close: () => predictor.close() };
    },
  };
}

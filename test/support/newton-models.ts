import { basename } from 'node:path';
import type { SafetensorsFile } from '../../src/files/safetensors.js';
import { createGraph } from '../../src/graphs/index.js';
import { type ModelConfig, modelNames } from '../../src/newton/networks/index.js';
import type { Problem } from './dynamics.js';
import { fixtureNames, fixturePath, float32, int32, readTensors, shapeOf } from './fixtures.js';

/** A published network run on some systems: its input, its weights, what it gave and the gradients of its loss. */
export interface NewtonFixture {
  readonly name: string;
  readonly config: ModelConfig;
  readonly problem: Problem;
  /** Products of charges of every edge, as the published network got them. */
  readonly chargeProducts: Float32Array;
  readonly pred: Float32Array;
  readonly loss: number;
  readonly parameters: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>;
  readonly gradients: ReadonlyMap<string, Float32Array>;
}

const FOLDER = 'newton_models';

/** The fixtures that there are, by file name; it is an error if there are none. */
export function newtonFixtureFiles(): string[] {
  const names = fixtureNames(FOLDER, '.safetensors');
  if (names.length === 0) throw new Error(`no fixtures in ${fixturePath(FOLDER)}`);
  return names;
}

export function readNewtonFixture(file: string): NewtonFixture {
  const content = readTensors(fixturePath(FOLDER, file));
  const of = (prefix: string): [string, Float32Array][] =>
    [...content.tensors.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => [key.slice(prefix.length), float32(content, key)]);
  return {
    name: basename(file, '.safetensors'),
    config: configOf(content),
    problem: problemIn(content),
    chargeProducts: float32(content, 'edge_attr'),
    pred: float32(content, 'pred'),
    loss: float32(content, 'loss')[0],
    parameters: new Map(of('param.').map(([name, data]) => [name, { data, shape: shapeOf(content, `param.${name}`) }])),
    gradients: new Map(of('grad.')),
  };
}

function configOf(content: SafetensorsFile): ModelConfig {
  const { model, hidden, layers } = content.metadata;
  const known = modelNames.find((name) => name === model);
  if (!known) throw new Error(`the fixture is of an unknown network '${model}'`);
  const size = { hidden: Number(hidden), layers: Number(layers) };
  return known === 'clof_vel_gbf'
    ? { model: known, ...size, edgeKinds: shapeOf(content, 'param.gbf.mul.weight')[0] }
    : { model: known, ...size };
}

function problemIn(content: SafetensorsFile): Problem {
  const positions = float32(content, 'loc');
  const nodes = positions.length / 3;
  const perSystem = Number(content.metadata.n_nodes);
  const graphOfNode = Int32Array.from({ length: nodes }, (_, node) => Math.floor(node / perSystem));
  return {
    systems: { positions, velocities: float32(content, 'vel'), charges: float32(content, 'charges') },
    graph: createGraph(nodes, int32(content, 'cols'), int32(content, 'rows'), graphOfNode),
    target: float32(content, 'target'),
  };
}

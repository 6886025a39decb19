import type { BondGraph } from '../../src/conformers/networks/bond-graph.js';
import type { ScoreNetworkOptions } from '../../src/conformers/networks/score-network.js';
import type { SafetensorsFile } from '../../src/files/safetensors.js';
import { createGraph } from '../../src/graphs/index.js';
import { fixtureNames, fixturePath, float32, int32, readTensors, shapeOf } from './fixtures.js';

/** The published score network run on some molecules: its input, its weights, what it gave, and a Langevin run. */
export interface ScoreFixture {
  readonly network: ScoreNetworkOptions;
  readonly molecules: BondGraph;
  /** Clean positions, the noise that moved them, and its deviation for each molecule. */
  readonly positions: Float32Array;
  readonly noise: Float32Array;
  readonly sigma: Float32Array;
  readonly loss: number;
  /** Noise levels, the highest first. */
  readonly levels: Float32Array;
  readonly parameters: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>;
  readonly gradients: ReadonlyMap<string, Float32Array>;
  readonly scorePositions: Float32Array;
  /** Scores at `scorePositions`, by the number of the noise level. */
  readonly scores: readonly (readonly [level: number, score: Float32Array])[];
  readonly langevin: LangevinRun;
}

export interface LangevinRun {
  readonly start: Float32Array;
  readonly final: Float32Array;
  readonly levels: readonly number[];
  /** One array for each step. */
  readonly noise: readonly Float32Array[];
  readonly stepSize: number;
  readonly longestScore: number;
}

const FOLDER = 'conformers';

/** The fixtures that there are, by file name; it is an error if there are none. */
export function scoreFixtureFiles(): string[] {
  const names = fixtureNames(FOLDER, '.safetensors').filter((name) => name.startsWith('score_network'));
  if (names.length === 0) throw new Error(`no score networks in ${fixturePath(FOLDER)}`);
  return names;
}

export function readScoreFixture(file: string): ScoreFixture {
  const content = readTensors(fixturePath(FOLDER, file));
  const of = (prefix: string): [string, Float32Array][] =>
    [...content.tensors.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => [key.slice(prefix.length), float32(content, key)]);
  const levels = float32(content, 'sigmas');
  // The noise levels are stored as a parameter, too; ours are no part of the network.
  const parameters = of('param.').filter(([name]) => name !== 'sigmas');
  return {
    network: networkOf(content),
    molecules: moleculesIn(content),
    positions: float32(content, 'pos'),
    noise: float32(content, 'noise'),
    sigma: Float32Array.from(int32(content, 'noise_level'), (level) => levels[level]),
    loss: float32(content, 'loss')[0],
    levels,
    parameters: new Map(parameters.map(([name, data]) => [name, { data, shape: shapeOf(content, `param.${name}`) }])),
    gradients: new Map(of('grad.')),
    scorePositions: float32(content, 'score.pos'),
    scores: of('score.').flatMap(([level, score]) => (level === 'pos' ? [] : [[Number(level), score] as const])),
    langevin: langevinIn(content),
  };
}

/** The size of the network, its blocks and layers told by the names of their parameters. */
function networkOf({ metadata, tensors }: SafetensorsFile): ScoreNetworkOptions {
  const places = [...tensors.keys()].flatMap((name) => {
    const [, block, layer] = /^param\.model\.transformers\.(\d+)\.(\d+)\./.exec(name) ?? [];
    return block === undefined ? [] : [{ block: Number(block), layer: Number(layer) }];
  });
  return {
    hidden: Number(metadata.hidden_dim),
    heads: Number(metadata.heads),
    blocks: 1 + Math.max(...places.map(({ block }) => block)),
    layers: 1 + Math.max(...places.map(({ layer }) => layer)),
    recentre: false,
  };
}

/** Messages go from the row of an edge to its column. */
function moleculesIn(content: SafetensorsFile): BondGraph {
  const edges = int32(content, 'edge_index');
  const [rows, columns] = [edges.slice(0, edges.length / 2), edges.slice(edges.length / 2)];
  const atomicNumbers = int32(content, 'atom_type');
  return {
    ...createGraph(atomicNumbers.length, rows, columns, int32(content, 'node2graph')),
    atomicNumbers,
    edgeTypes: int32(content, 'edge_type'),
  };
}

/** Settings are told in words: `step_lr 2e-6, 3 steps per sigma, clip 1000`. */
function langevinIn(content: SafetensorsFile): LangevinRun {
  const [, stepSize, longestScore] = /step_lr (\S+),.* clip (\S+)$/.exec(content.metadata.langevin) ?? [];
  if (!longestScore) throw new Error(`unknown settings of the Langevin run: ${content.metadata.langevin}`);
  const [steps, atoms] = shapeOf(content, 'langevin.noise');
  const noise = float32(content, 'langevin.noise');
  return {
    start: float32(content, 'langevin.init'),
    final: float32(content, 'langevin.final'),
    levels: [...float32(content, 'langevin.sigmas')],
    noise: Array.from({ length: steps }, (_, k) => noise.slice(3 * atoms * k, 3 * atoms * (k + 1))),
    stepSize: Number(stepSize),
    longestScore: Number(longestScore),
  };
}

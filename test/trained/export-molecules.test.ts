import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bondedGraph } from '../../src/conformers/graphs/bonded-graph.js';
import { molecularGraph } from '../../src/conformers/graphs/molecular-graph.js';
import { batchMolecules } from '../../src/conformers/graphs/molecule-batch.js';
import { Denoiser } from '../../src/conformers/networks/denoiser.js';
import { encodeDenoiserFile } from '../../src/conformers/networks/denoiser-file.js';
import { compileDenoiser, openDenoiser } from '../../src/conformers/networks/denoiser-run.js';
import { encodeScoreNetworkFile } from '../../src/conformers/networks/score-file.js';
import { ScoreNetwork } from '../../src/conformers/networks/score-network.js';
import { openScorer } from '../../src/conformers/networks/scorer.js';
import { createGraph } from '../../src/graphs/index.js';
import { parseSmiles } from '../../src/molecules/smiles/smiles.js';
import { exportNetwork } from '../../src/networks/export-onnx.js';
import { Rng } from '../../src/random/generator.js';
import type { Feeds } from '../../src/runtime/index.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import type { Program } from '../../src/tensor/index.js';
import { decodeTrained } from '../../src/trained/kinds.js';
import { livelyWeights } from '../support/lively.js';
import { expectClose } from '../support/numeric.js';

const folder = mkdtempSync(join(tmpdir(), 'clofnet-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SIGMA = 0.7;
/** Two molecules of different sizes, one with a stereocentre; each alone, and both. */
const molecules = ['C[C@H](O)N', 'CCO'].map((smiles) => parseSmiles(smiles));
const runs = [[molecules[0]], [molecules[1]], molecules];
const placesOf = (atoms: number): Float32Array => Rng.fromSeed(atoms).fillNormal(new Float32Array(3 * atoms), 0, 1.2);

const denoiserConfig = { model: 'denoiser', hidden: 8, layers: 2, vectors: 2 } as const;
const denoiser = new Denoiser(denoiserConfig);
const scoreConfig = { model: 'score', hidden: 8, heads: 2, blocks: 1, layers: 1, recentre: true } as const;
const score = new ScoreNetwork(scoreConfig);
const provenance = { commit: 'abc' };

/** Every case: a weight file, the feeds of a run, and what the library itself gives. */
const cases = {
  denoiser: {
    file: () => encodeDenoiserFile({ config: denoiserConfig, weights: livelyWeights(denoiser, 1), provenance }),
    output: 'denoised',
    feeds(given: typeof molecules): Feeds {
      const { feeds, sizes } = batchMolecules(given.map(molecularGraph), new Int32Array(given.length));
      return { ...feeds, noisy: placesOf(sizes.nodes), sigma: new Float32Array(given.length).fill(SIGMA) };
    },
    async own(given: typeof molecules): Promise<Float32Array> {
      const batch = batchMolecules(given.map(molecularGraph), new Int32Array(given.length));
      const open = await openDenoiser(await openRuntime(), compileDenoiser(denoiser, livelyWeights(denoiser, 1)));
      const result = (await open.of(batch)(placesOf(batch.sizes.nodes), SIGMA)).slice();
      await open.close();
      return result;
    },
  },
  score: {
    file: () => encodeScoreNetworkFile({ config: scoreConfig, weights: livelyWeights(score, 1), provenance }),
    output: 'score',
    feeds(given: typeof molecules): Feeds {
      const { feeds, sizes } = batchMolecules(given.map(bondedGraph), new Int32Array(given.length));
      const sigma = new Float32Array(given.length).fill(SIGMA);
      return { ...feeds, positions: placesOf(sizes.nodes), sigma };
    },
    async own(given: typeof molecules): Promise<Float32Array> {
      const { feeds, sizes, graphOfNode } = batchMolecules(given.map(bondedGraph), new Int32Array(given.length));
      const [senders, receivers, atomicNumbers, edgeTypes] = [
        'senders',
        'receivers',
        'atomic_numbers',
        'edge_types',
      ].map((name) => Int32Array.from(feeds[name], Number));
      const graph = {
        ...createGraph(sizes.nodes, senders, receivers, Int32Array.from(graphOfNode)),
        atomicNumbers,
        edgeTypes,
      };
      const scorer = await openScorer(await openRuntime(), score, livelyWeights(score, 1));
      const result = (await scorer.of(graph)(placesOf(sizes.nodes), SIGMA)).slice();
      await scorer.close();
      return result;
    },
  },
};

/** Feeds as any program would write them, of the inputs that the file declares. */
function plainFeeds({ inputs }: Program, feeds: Feeds) {
  return Object.fromEntries(
    inputs.map(({ name, shape, dtype }) => {
      const data = [...feeds[name]].map(Number);
      const width = shape.reduce<number>((product, dim) => (typeof dim === 'number' ? product * dim : product), 1);
      return [
        name,
        { type: dtype, dims: shape.map((dim) => (typeof dim === 'number' ? dim : data.length / width)), data },
      ];
    }),
  );
}

describe.each(Object.entries(cases))('the exported network %s', (name, { file, output, feeds, own }) => {
  let program: Program;
  beforeAll(() => {
    program = exportNetwork(decodeTrained(file(), 'w'), { version: '1.2.3' });
  });

  test('gives in ONNX Runtime alone what the library gives, at any size', async () => {
    const path = join(folder, `${name}.onnx`);
    writeFileSync(path, program.bytes);
    const child = fileURLToPath(new URL('../support/plain-onnx-runtime.js', import.meta.url));
    const input = JSON.stringify(runs.map((given) => plainFeeds(program, feeds(given))));
    const { outputs, results } = JSON.parse(execFileSync(process.execPath, [child, path], { input }).toString());
    expect(outputs).toEqual([output]);
    for (const [k, given] of runs.entries()) {
      const expected = await own(given);
      expect(results[k][output].dims).toEqual([expected.length / 3, 3]);
      const scale = Math.max(...expected.map(Math.abs));
      expectClose(
        results[k][output].data.map((x: number) => x / scale),
        [...expected.map((x) => x / scale)],
        1e-5,
      );
    }
  });

  test('says what goes in and out', () => {
    const { metadataProps } = fromBinary(ModelProtoSchema, program.bytes);
    const metadata = Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]));
    expect(metadata).toMatchObject({ clofnet_version: '1.2.3', units: 'ångström', provenance: '{"commit":"abc"}' });
    expect(JSON.parse(metadata.axes)).toMatchObject({ nodes: 'atoms of all molecules', graphs: 'molecules' });
    for (const { meaning, unit, shape } of [...JSON.parse(metadata.inputs), ...JSON.parse(metadata.outputs)]) {
      expect([meaning, unit]).not.toContain('');
      const axes = shape.filter((dim: unknown) => typeof dim === 'string');
      expect(Object.keys(JSON.parse(metadata.axes))).toEqual(expect.arrayContaining(axes));
    }
  });
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import { afterAll, expect, test } from 'vitest';
import { createModel, type ModelConfig, type SystemBatch } from '../../../src/newton/networks/index.js';
import { exportOnnx } from '../../../src/newton/networks/model-file.js';
import { openPredictor } from '../../../src/newton/networks/predictor.js';
import { randomSystems } from '../../../src/newton/networks/random-systems.js';
import { Rng } from '../../../src/random/generator.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { livelyWeights } from '../../support/lively.js';
import { expectClose } from '../../support/numeric.js';

const folder = mkdtempSync(join(tmpdir(), 'clofnet-'));
afterAll(() => rmSync(folder, { recursive: true }));

const config: ModelConfig = { model: 'clof_vel', hidden: 8, layers: 2, fields: ['magnetic'] };
const model = createModel(config);
const weights = livelyWeights(model, 3);
const file = { config, model, weights, provenance: { commit: 'abc' } };
const program = exportOnnx(file, { version: '1.2.3', timeSpan: 1 });

/** The inputs by their documented meaning, put together without the library's graphs. */
function plainFeeds({ sizes, positions, velocities, charges, fields }: SystemBatch) {
  const [senders, receivers, owner]: number[][] = [[], [], []];
  let first = 0;
  for (const [system, size] of sizes.entries()) {
    for (let i = 0; i < size; i++) {
      owner.push(system);
      for (let j = size - 1; j >= 0; j--) {
        if (i === j) continue;
        senders.push(first + j);
        receivers.push(first + i);
      }
    }
    first += size;
  }
  const float32 = (values: Iterable<number>, ...dims: number[]) => ({ type: 'float32', dims, data: [...values] });
  const int32 = (values: readonly number[]) => ({ type: 'int32', dims: [values.length], data: values });
  return {
    positions: float32(positions, first, 3),
    velocities: float32(velocities, first, 3),
    charges: float32(charges, first, 1),
    magnetic: float32(fields?.magnetic ?? [], sizes.length, 3),
    senders: int32(senders),
    receivers: int32(receivers),
    graph_of_node: int32(owner),
    graph_sizes: int32(sizes),
  };
}

test('ONNX Runtime alone computes the same at any size', async () => {
  const path = join(folder, 'model.onnx');
  writeFileSync(path, program.bytes);
  const batches = [[5], [3, 7, 2, 20]].map((sizes) => randomSystems(Rng.fromSeed(4), sizes, { fields: ['magnetic'] }));
  const child = fileURLToPath(new URL('../../support/plain-onnx-runtime.js', import.meta.url));
  const stdout = execFileSync(process.execPath, [child, path], { input: JSON.stringify(batches.map(plainFeeds)) });
  const { inputs, outputs, results } = JSON.parse(stdout.toString());
  expect(inputs.sort()).toEqual(Object.keys(plainFeeds(batches[0])).sort());
  expect(outputs).toEqual(['predicted_positions']);
  const predictor = await openPredictor(await openRuntime(), model, weights);
  for (const [k, batch] of batches.entries()) {
    const { dims, data } = results[k].predicted_positions;
    expect(dims).toEqual([batch.charges.length, 3]);
    expectClose(data, [...(await predictor.predict(batch)).positions], 1e-5);
  }
  await predictor.close();
});

test('the file says what it is', () => {
  const { graph, metadataProps } = fromBinary(ModelProtoSchema, program.bytes);
  const metadata = Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]));
  expect(metadata).toMatchObject({ clofnet_version: '1.2.3', time_span: '1' });
  expect(JSON.parse(metadata.model)).toEqual(config);
  expect(JSON.parse(metadata.provenance)).toEqual({ commit: 'abc' });
  const described = [...JSON.parse(metadata.inputs), ...JSON.parse(metadata.outputs)];
  const declared = [...(graph?.input ?? []), ...(graph?.output ?? [])];
  expect(described.map(({ name }) => name)).toEqual(declared.map(({ name }) => name));
  for (const { meaning, unit, shape } of described) {
    expect([meaning, unit]).not.toContain('');
    expect(['nodes', 'edges', 'graphs']).toContain(shape[0]);
  }
});

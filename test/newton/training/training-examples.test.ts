import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SnapshotPairs } from '../../../src/newton/data/snapshots.js';
import { systemsOf } from '../../../src/newton/evaluation/evaluate.js';
import { createModel, type SystemBatch } from '../../../src/newton/networks/index.js';
import { randomSystems } from '../../../src/newton/networks/random-systems.js';
import { newtonConfigSchema } from '../../../src/newton/training/config.js';
import { exampleSizes, newtonExamples, openExamples } from '../../../src/newton/training/examples.js';
import { fieldsOf } from '../../../src/newton/training/experiment-data.js';
import { modelConfigOf } from '../../../src/newton/training/model-choice.js';
import { compileObjective } from '../../../src/newton/training/objective.js';
import { initialize } from '../../../src/nn/index.js';
import { Rng } from '../../../src/random/generator.js';
import type { Executable } from '../../../src/runtime/index.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { FlatLayout } from '../../../src/training/flat-parameters.js';
import { GradientPool } from '../../../src/training/gradient-pool.node.js';
import { livelyWeights } from '../../support/lively.js';
import { expectClose } from '../../support/numeric.js';
import { windowsOfPairs } from '../../support/windows.js';

const bodies = 4;
const count = 9;
const systems: SystemBatch = randomSystems(Rng.fromSeed(3), new Array<number>(count).fill(bodies));
const pairs: SnapshotPairs = {
  count,
  bodies,
  ...systems,
  targets: systems.positions.map((x, k) => x + 0.2 * Math.sin(k)),
};
const config = newtonConfigSchema.parse({
  model: { hidden: 8, layers: 2, charges: true, fields: ['magnetic'], scalarize: 'every-layer' },
  data: { magnetic: [0.1, 0.2, -0.3] },
});
const fields = fieldsOf(config);
const model = createModel(modelConfigOf(config));
const layout = new FlatLayout(model.parameters);
const weights = layout.flatten(livelyWeights(model, 1));
const windows = windowsOfPairs(pairs);
const task = { sets: { train: windows }, fields };

describe('examples for training', () => {
  it('are the chosen systems, with the fields at each', () => {
    const source = openExamples(task);
    for (const chosen of [[5, 0], [7], [2, 8], [1, 1]]) {
      const { feeds, sizes } = source.collate('train', Int32Array.from(chosen), 0);
      expect(sizes).toMatchObject({ graphs: chosen.length, nodes: bodies * chosen.length });
      const rows = (values: Float32Array, width: number): number[] =>
        chosen.flatMap((k) => [...values.subarray(k * bodies * width, (k + 1) * bodies * width)]);
      expect([...feeds.positions]).toEqual(rows(pairs.positions, 3));
      expect([...feeds.velocities]).toEqual(rows(pairs.velocities, 3));
      expect([...feeds.target]).toEqual(rows(pairs.targets, 3));
      expect([...feeds.charges]).toEqual(rows(pairs.charges, 1));
      expectClose(
        [...feeds.magnetic].map(Number),
        chosen.flatMap(() => [0.1, 0.2, -0.3]),
        1e-7,
      );
    }
    expect(() => source.collate('tset', Int32Array.of(0), 0)).toThrow('no set of examples named tset');
  });

  it('have the numbers of edges, where the set has its own', () => {
    const numbers = Float32Array.from({ length: count * 12 }, (_, k) => k);
    const edges = { numbers, first: Int32Array.from({ length: count }, (_, k) => 12 * k) };
    const source = openExamples({ sets: { train: { ...windows, edges } }, fields });
    const { feeds } = source.collate('train', Int32Array.of(5, 0), 0);
    expect([...feeds.edges]).toEqual([...numbers.subarray(60, 72), ...numbers.subarray(0, 12)]);
  });

  it('count every ordered pair of bodies as an edge, and every coordinate as a term', () => {
    const { edges, terms } = exampleSizes(windows);
    expect([...edges]).toEqual(new Array<number>(count).fill(12));
    expect([...terms]).toEqual(new Array<number>(count).fill(12));
  });

  it('have only the fields that the network asks for', () => {
    expect(fields).toEqual({ magnetic: [0.1, 0.2, -0.3] });
    expect(systemsOf(pairs, fields).fields?.magnetic).toHaveLength(3 * count);
  });
});

describe('gradients by worker threads', () => {
  const programs = compileObjective(model, config.model.fields);
  const batch = Int32Array.of(8, 0, 3, 5, 2, 1, 7);
  const whole = { loss: 0, gradient: new Float32Array(layout.size) };
  let program: Executable;

  beforeAll(async () => {
    program = await (await openRuntime()).open(programs.gradient);
    const { feeds, sizes } = openExamples(task).collate('train', batch, 0);
    const scale = Float32Array.of(1 / (3 * bodies * batch.length));
    const { loss } = await program.run({ ...feeds, weights, scale }, sizes, { gradient: whole.gradient });
    whole.loss = loss[0];
  });
  afterAll(() => program.close());

  it.each([1, 2, 3])('are those of one program over the whole batch, with %i workers', async (workers) => {
    const pool = new GradientPool({
      workers,
      device: 'cpu',
      parameters: model.parameters,
      programs,
      examples: newtonExamples(task),
      microBatchEdges: 24,
    });
    pool.setWeights(weights);
    const gradient = new Float32Array(layout.size);
    expect(await pool.gradient('train', batch, 0, gradient)).toBeCloseTo(whole.loss, 5);
    const largest = whole.gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0);
    expect(largest).toBeGreaterThan(0.01);
    expectClose(
      [...gradient].map((g) => g / largest),
      [...whole.gradient].map((g) => g / largest),
      2e-6,
    );
    await pool.close();
  });
});

describe('the first weights', () => {
  it('depend on the seed alone', () => {
    const drawn = (seed: number): Float32Array =>
      layout.flatten(initialize(model.parameters, Rng.fromSeed(seed).fork('weights')));
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)).not.toEqual(drawn(2));
  });
});

describe('options of ClofNet', () => {
  it('are refused for other networks, and left out of their description', () => {
    const other = (options: object) => newtonConfigSchema.parse({ model: { model: 'egnn_vel', ...options } });
    expect(modelConfigOf(other({}))).toEqual({
      model: 'egnn_vel',
      hidden: 64,
      layers: 4,
      cutoff: null,
      edges: 'products',
    });
    for (const options of [
      { charges: true },
      { fields: ['gravity'] },
      { frame: 'orthonormal' },
      { scalarize: 'every-layer' },
    ])
      expect(() => modelConfigOf(other(options))).toThrow(
        `model.${Object.keys(options)[0]} is an option of clof, clof_vel, clof_vel_gbf${'fields' in options ? ', propagator' : ''}, not of egnn_vel`,
      );
  });
});

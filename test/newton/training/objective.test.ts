import { describe, expect, it } from 'vitest';
import { completeGraphs, graphFeeds, graphSizes } from '../../../src/graphs/index.js';
import { createModel } from '../../../src/newton/networks/index.js';
import { openPredictor } from '../../../src/newton/networks/predictor.js';
import { randomSystems } from '../../../src/newton/networks/random-systems.js';
import { rollOut } from '../../../src/newton/networks/roll-out.js';
import { newtonConfigSchema } from '../../../src/newton/training/config.js';
import { compileObjective } from '../../../src/newton/training/objective.js';
import { newtonTask } from '../../../src/newton/training/task.js';
import { Rng } from '../../../src/random/generator.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import type { Program } from '../../../src/tensor/index.js';
import { FlatLayout } from '../../../src/training/flat-parameters.js';
import { livelyWeights } from '../../support/lively.js';

const model = createModel({ model: 'clof_vel', hidden: 8, layers: 2, velocities: true });
const weights = livelyWeights(model, 1);
const flat = new FlatLayout(model.parameters).flatten(weights);
const systems = randomSystems(Rng.fromSeed(2), [3, 4]);
const { positions, velocities, charges } = systems;
const target = positions.map((x, k) => x + Math.sin(k));
const targetVelocities = velocities.map((x, k) => x + Math.cos(k));
const graph = completeGraphs(systems.sizes);
const squares = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, k) => sum + (x - b[k]) ** 2, 0);

async function lossOf(program: Program): Promise<number> {
  const executable = await (await openRuntime()).open(program);
  const inputs = { ...graphFeeds(graph), positions, velocities, charges, weights: flat };
  const feeds = { ...inputs, target, targetVelocities, ...further };
  const { loss } = await executable.run({ ...feeds, scale: Float32Array.of(0.5) }, graphSizes(graph));
  await executable.close();
  return loss[0];
}

const further = { target_2: target.map((x) => x + 1), targetVelocities_2: targetVelocities.map((x) => x - 1) };

describe('the loss of a network that predicts velocities', () => {
  it('learns by both errors, and is judged by positions', async () => {
    const predictor = await openPredictor(await openRuntime(), model, weights);
    const moved = await predictor.predict(systems);
    await predictor.close();
    const byPositions = 0.5 * squares(moved.positions, target);
    const byVelocities = 0.5 * squares(moved.velocities ?? new Float32Array(), targetVelocities);
    for (const velocityWeight of [1, 0.25]) {
      const programs = compileObjective(model, [], { velocityWeight });
      expect((await lossOf(programs.loss)) / byPositions).toBeCloseTo(1, 5);
      expect((await lossOf(programs.gradient)) / (byPositions + velocityWeight * byVelocities)).toBeCloseTo(1, 5);
    }
  });

  it('is the mean over the steps, each from where the one before has come to', async () => {
    const predictor = await openPredictor(await openRuntime(), model, weights);
    const [one, two] = await rollOut(predictor, systems, { steps: 2 });
    await predictor.close();
    const first = squares(one.positions, target) + 3 * squares(one.velocities, targetVelocities);
    const second = squares(two.positions, further.target_2) + 3 * squares(two.velocities, further.targetVelocities_2);
    const programs = compileObjective(model, [], { velocityWeight: 3, steps: 2 });
    expect((await lossOf(programs.gradient)) / (0.5 * ((first + second) / 2))).toBeCloseTo(1, 5);
    expect((await lossOf(programs.loss)) / (0.5 * squares(one.positions, target))).toBeCloseTo(1, 5);
    const blind = createModel({ model: 'egnn_vel', hidden: 8, layers: 2 });
    expect(() => compileObjective(blind, [], { steps: 2 })).toThrow(RangeError);
  });

  it('needs velocities to weigh and to go on from', () => {
    const build = (config: object) => () => newtonTask.build(newtonConfigSchema.parse(config));
    expect(build({ data: { velocityWeight: 2 } })).toThrow(
      'data.velocityWeight weighs the error of velocities, which this network does not predict; give model.velocities',
    );
    expect(build({ model: { model: 'egnn_vel' }, data: { steps: 2 } })).toThrow(
      'data.steps goes on from the velocities after a step, which this network does not predict; give model.velocities',
    );
    expect(build({ model: { velocities: true }, data: { velocityWeight: 2, steps: 2 } })).not.toThrow();
  });
});

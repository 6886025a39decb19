import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeSafetensors, encodeSafetensors } from '../../src/files/safetensors.js';
import { backbone, FOLLOWS_ALL, sizeOptions } from '../../src/networks/backbone.js';
import { exportNetwork } from '../../src/networks/export-onnx.js';
import { openFunction } from '../../src/networks/geometric-function.js';
import { networkSchema, ownOptions } from '../../src/networks/network-config.js';
import { importWeights } from '../../src/networks/published-weights.js';
import { decodeWeights, encodeWeightFile } from '../../src/networks/weight-file.js';
import { manyBodyWeights } from '../../src/newton/networks/model-file.js';
import { backbones, modelOn } from '../../src/newton/networks/registry.js';
import { compileObjective } from '../../src/newton/training/objective.js';
import { MLP, ParameterScope } from '../../src/nn/index.js';
import { Rng } from '../../src/random/generator.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { add, mul, sum } from '../../src/tensor/index.js';
import { auditNetwork, equivarianceContract } from '../../src/testing/index.js';
import { livelyWeights } from '../support/lively.js';

/** Free flight, slowed down or sped up by the speed: a network whose record is all that anybody knows of it. */
const flight = backbone({
  name: 'flight',
  title: 'Free flight',
  options: {
    hidden: sizeOptions.hidden,
    gain: z.number().describe('Flight: what the speed is multiplied by.').default(2),
  },
  widthParameter: 'speed.0.weight',
  follows: FOLLOWS_ALL,
  build({ hidden = 64, gain = 2 }) {
    const scope = new ParameterScope();
    const speed = new MLP(scope.child('speed'), [1, hidden, 1]);
    return {
      parameters: scope.parameters,
      predict: ({ positions, vectors }) => ({
        positions: add(
          positions,
          mul(mul(vectors, gain), speed.rows(sum(mul(vectors, vectors), [1], { keepDims: true }))),
        ),
      }),
    };
  },
});

/** The one list line. */
const list = [...backbones, flight];

describe('a backbone that is added to the list', () => {
  const config = { model: 'flight', hidden: 4, gain: 3 };
  const kind = manyBodyWeights(list);
  const model = modelOn(list, config);
  const weights = livelyWeights(model, 1);
  const file = encodeWeightFile({ config, provenance: {} }, model.parameters, weights);
  const read = decodeWeights(kind, decodeSafetensors(encodeSafetensors(file.tensors, file.metadata), 'w'), 'w');
  const network = kind.describe(read.config, read.model);

  it('is in the schema of configuration files, with its options', () => {
    const schema = networkSchema(list, 'clof_vel');
    expect(schema.parse({ model: 'flight' })).toMatchObject({ model: 'flight', hidden: 64, gain: 2, charges: false });
    expect(JSON.stringify(z.toJSONSchema(schema, { io: 'input' }))).toContain('what the speed is multiplied by');
    expect(ownOptions(list, schema.parse(config))).toEqual(config);
  });

  it('may not give an option that others have another meaning', () => {
    const other = { ...flight, options: { hidden: z.number().default(1) } };
    expect(() => networkSchema([...backbones, other], 'gnn')).toThrow('gnn has another option hidden than flight');
  });

  it('is refused the options of others, and others are refused its own', () => {
    const schema = networkSchema(list, 'clof_vel');
    const choose = (given: object) => () => ownOptions(list, schema.parse(given));
    expect(choose({ model: 'flight', charges: true })).toThrow(
      'model.charges is an option of clof, clof_vel, clof_vel_gbf, not of flight',
    );
    expect(choose({ model: 'egnn', gain: 1 })).toThrow('model.gain is an option of flight, not of egnn');
  });

  it('has weight files, and its published weights are told', () => {
    expect(read).toMatchObject({ config, weights });
    const { tensors } = file;
    expect(() => importWeights(list, { tensors }, 'w', 'flight')).toThrow('its tensors lack speed.0.weight of flight');
  });

  it('is trained', () => {
    const { gradient } = compileObjective(model);
    expect(gradient.inputs.map(({ name }) => name)).toEqual(expect.arrayContaining(['velocities', 'target']));
  });

  it('is audited and exported', async () => {
    const opened = await openFunction(await openRuntime(), network, read.weights);
    const audit = await auditNetwork(network, opened, { rng: Rng.fromSeed(1), graphs: 3, nodes: 4 });
    expect(audit).toMatchObject({ followsReflections: true });
    expect(audit.worst).toBeLessThan(1e-5);
    await opened.close();
    const { bytes, inputs } = exportNetwork({ ...read, network }, { version: '1' });
    expect(inputs.map(({ name }) => name).sort()).toEqual(['positions', 'velocities']);
    expect(fromBinary(ModelProtoSchema, bytes).graph?.name).toBe('clofnet flight');
  });

  for (const { name, check } of equivarianceContract(network, openRuntime, { weights: read.weights })) {
    if (!name.startsWith('looks at')) it(name, check); // Charges are nothing to it.
  }
});

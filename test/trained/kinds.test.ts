import { expect, test } from 'vitest';
import { backbonesOn } from '../../src/networks/backbones.js';
import { encodeWeightFile } from '../../src/networks/weight-file.js';
import { createModel, encodeModelFile } from '../../src/newton/networks/index.js';
import { manyBodyWeights } from '../../src/newton/networks/model-file.js';
import { decodeTrained, opener, trainedKinds } from '../../src/trained/kinds.js';
import { livelyWeights } from '../support/lively.js';

const config = { model: 'egnn_vel', hidden: 4, layers: 1 } as const;
const model = createModel(config);
const weights = livelyWeights(model, 1);

test('a weight file is opened whatever network it holds, and says what the network is', () => {
  const opened = decodeTrained(encodeModelFile({ config, weights, provenance: { seed: 1 } }), 'w');
  expect(opened).toMatchObject({ config, weights, provenance: { seed: 1 }, notes: { time_span: 'unknown' } });
  expect(opened.network).toMatchObject({ name: 'egnn_vel', follows: { reflection: true }, words: { node: 'body' } });
});

test('a network of no kind is refused, by name', () => {
  const file = encodeWeightFile({ config: { model: 'toy' }, provenance: {} }, model.parameters, weights);
  expect(() => decodeTrained(file, 'w')).toThrow(
    'w holds the network toy, but needed here is a network for many-body systems (gnn, rf_vel, egnn, egnn_vel, clof, clof_vel, clof_vel_gbf, propagator) or a denoiser or a score network',
  );
});

test('a kind that is added to the list is opened like the others', () => {
  const [gnn, ...others] = backbonesOn({});
  const toy = manyBodyWeights([{ ...gnn, name: 'toy' }, ...others]);
  const kinds = [...trainedKinds, opener({ ...toy, title: 'a toy', names: ['toy'] })];
  const { parameters } = createModel({ model: 'gnn', hidden: 4, layers: 1 });
  const values = livelyWeights({ parameters }, 1);
  const described = { config: { model: 'toy', hidden: 4, layers: 1 }, provenance: {} };
  const { network } = decodeTrained(encodeWeightFile(described, parameters, values), 'w', kinds);
  expect(network).toMatchObject({ name: 'toy', follows: { rotation: false } });
});

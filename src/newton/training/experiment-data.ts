import { UserError } from '../../common/errors.js';
import { productEdges, requireVisibleEdges } from '../data/edges.js';
import { requireLaterTarget, type SnapshotPairs, snapshotPairs } from '../data/snapshots.js';
import type { TrajectorySet } from '../data/trajectory-set.js';
import type { FieldName } from '../networks/system.js';
import type { PerSplit } from '../simulation/protocol.js';
import type { Fields } from '../system/field-vectors.js';
import type { NewtonConfig } from './config.js';

/** The vectors of the fields that the network gets as inputs. */
export function fieldsOf({ model, data }: Pick<NewtonConfig, 'model' | 'data'>): Fields {
  return Object.fromEntries(model.fields.map((name: FieldName) => [name, data[name]]));
}

/** Pairs with the numbers that a network sees of edges, where it sees other ones than the products of charges. */
function withEdges(pairs: SnapshotPairs, { edges }: NewtonConfig['model']): SnapshotPairs {
  if (edges !== 'given' || pairs.edges) return pairs;
  return { ...pairs, edges: productEdges(pairs.charges, new Array<number>(pairs.count).fill(pairs.bodies)) };
}

/** Inputs and targets of all three splits. */
export function examplesOf(
  { model, data }: Pick<NewtonConfig, 'model' | 'data'>,
  sets: PerSplit<TrajectorySet>,
): PerSplit<SnapshotPairs> {
  const { input, target, train } = data;
  requireLaterTarget(data);
  if (train > sets.train.trajectories) {
    const { trajectories } = sets.train;
    throw new UserError(`asks for ${train} training trajectories, the set has ${trajectories}`, {
      about: 'data.train',
      remedy: { setting: 'data.train', value: trajectories },
    });
  }
  requireVisibleEdges(data.name ?? '', model.edges);
  return {
    train: withEdges(snapshotPairs(sets.train, { input, target, count: train }), model),
    valid: withEdges(snapshotPairs(sets.valid, { input, target }), model),
    test: withEdges(snapshotPairs(sets.test, { input, target }), model),
  };
}

import { UserError } from '../../common/errors.js';
import { didYouMean } from '../../common/nearest.js';
import { type GeometrySet, geometryCount, sayWhere } from './geometry-set.js';
import { checkedSplit, type GeometrySplit, type SplitConfig } from './split.js';
import { amountOf, requireSome, shuffled } from './split-by-share.js';

/**
 * Puts whole groups of geometries into parts, at random by the seed: the test gets groups until it has as many
 * geometries as it should, then validation, and the rest is for training.
 *
 * @param key what groups have in common: a text or a number of the files
 * @throws UserError where the key is missing, or a part would be empty
 */
export function splitByGroup(set: GeometrySet, key: string, config: SplitConfig): GeometrySplit {
  const groups = groupsOf(set, key);
  const count = geometryCount(set);
  const [tests, valids] = [amountOf(config.test, count), amountOf(config.valid, count)];
  requireSome(tests, valids, count);
  const order = Array.from(shuffled(groups.length, config.seed), (k) => groups[k]);
  let at = 0;
  const take = (wanted: number): { readonly indices: number[]; readonly groups: number } => {
    const indices: number[] = [];
    const start = at;
    while (indices.length < wanted && at < order.length) indices.push(...order[at++]);
    return { indices, groups: at - start };
  };
  const [test, valid] = [take(tests), take(valids)];
  const train = take(config.train ?? count);
  if (train.indices.length === 0) {
    const sizes = `${groups.length === 1 ? 'there is 1 group' : `there are ${groups.length} groups`} by ${key}`;
    throw new UserError(`${sizes}, and validation and the test take them all: none is left to train on`, {
      key: 'split.groupBy',
    });
  }
  const parts = { test: test.indices, valid: valid.indices, train: train.indices.slice(0, config.train) };
  const numbers = { train: train.groups, valid: valid.groups, test: test.groups };
  return checkedSplit(parts, { by: 'group', key, seed: config.seed, groups: numbers });
}

/** The geometries of each group, in the order of their first ones. */
function groupsOf(set: GeometrySet, key: string): number[][] {
  const nameOf = groupNames(set, key);
  const groups = new Map<string, number[]>();
  for (let k = 0; k < geometryCount(set); k++) {
    const name = nameOf(k);
    if (name === undefined)
      throw new UserError(`${sayWhere(set.sources[k])}: the geometry has no ${key}, by which groups are split`, {
        key: 'split.groupBy',
      });
    const group = groups.get(name);
    if (group) group.push(k);
    else groups.set(name, [k]);
  }
  return [...groups.values()];
}

function groupNames({ texts, ofGraphs }: GeometrySet, key: string): (geometry: number) => string | undefined {
  if (Object.hasOwn(texts, key)) return (geometry) => texts[key][geometry] || undefined;
  if (Object.hasOwn(ofGraphs, key)) {
    const { width, data } = ofGraphs[key];
    return (geometry) => {
      const row = data.subarray(width * geometry, width * (geometry + 1));
      return row.some(Number.isNaN) ? undefined : row.join(' ');
    };
  }
  const found = [...Object.keys(texts), ...Object.keys(ofGraphs)];
  const names = found.length > 0 ? `they have ${found.join(', ')}` : 'they have neither text nor numbers';
  throw new UserError(`the files have no ${key} to group by${didYouMean(key, found)}; ${names}`, {
    key: 'split.groupBy',
  });
}

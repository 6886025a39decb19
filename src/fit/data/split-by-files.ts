import { UserError } from '../../common/errors.js';
import { splitOfFile } from '../../files/split-of-file.js';
import type { GeometrySet } from './geometry-set.js';
import { checkedSplit, type GeometrySplit, PARTS, type Part, type SplitConfig } from './split.js';
import { amountOf, requireSome, shuffled } from './split-by-share.js';

/**
 * Parts by the names of the files: `train.xyz`, `valid.xyz` and perhaps `test.xyz`. Where none is named valid, a share
 * of what is for training is for validation.
 *
 * @returns undefined where no file is named so
 * @throws UserError where some are and others are not, or none is for training
 */
export function splitByFiles({ sources }: GeometrySet, config: SplitConfig): GeometrySplit | undefined {
  const files = [...new Set(sources.map(({ file }) => file))];
  const partOf = new Map(files.map((file) => [file, splitOfFile(file)]));
  const named = new Set(partOf.values());
  const other = files.find((file) => partOf.get(file) === undefined);
  // A lone file may be called test.xyz or train.xyz and be all there is.
  if (named.size < 2) return undefined;
  if (other !== undefined)
    throw new UserError(`${other} begins with none of train, valid and test, as other files do`, { file: other });
  if (!named.has('train')) throw new UserError('no file is named train, others are named valid and test');
  const indicesOf = (part: Part): Int32Array =>
    Int32Array.from(sources.flatMap(({ file }, k) => (partOf.get(file) === part ? [k] : [])));
  const filesOf = (part: Part): string[] => files.filter((file) => partOf.get(file) === part);
  const [train, valid, test] = PARTS.map(indicesOf);
  const order = Int32Array.from(shuffled(train.length, config.seed), (k) => train[k]);
  const valids = named.has('valid') ? 0 : amountOf(config.valid, train.length);
  requireSome(0, valids, train.length);
  const chosen = order.subarray(valids, config.train === undefined ? undefined : valids + config.train);
  return checkedSplit(
    { train: chosen, valid: named.has('valid') ? valid : order.subarray(0, valids), test },
    {
      by: 'files',
      files: { train: filesOf('train'), valid: filesOf('valid'), test: filesOf('test') },
      ...(!named.has('valid') && { validFromTrain: true as const }),
      ...((!named.has('valid') || config.train !== undefined) && { seed: config.seed }),
    },
  );
}

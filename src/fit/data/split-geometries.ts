import { type GeometrySet, geometryCount } from './geometry-set.js';
import type { GeometrySplit, SplitConfig } from './split.js';
import { splitByFiles } from './split-by-files.js';
import { splitByGroup } from './split-by-group.js';
import { splitByShare } from './split-by-share.js';

/**
 * Splits a set by the names of its files where they are named by parts; else by groups, where a key is given; else
 * geometry by geometry.
 *
 * @throws UserError where a part would be empty, and as each way to split says
 */
export const splitGeometries = (set: GeometrySet, config: SplitConfig): GeometrySplit =>
  splitByFiles(set, config) ??
  (config.groupBy === undefined ? splitByShare(geometryCount(set), config) : splitByGroup(set, config.groupBy, config));

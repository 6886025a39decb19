import type { ConformerCutter } from './molecule-format.js';
import { readProperties } from './sdf-properties.js';

export { writeSdf as write } from './sdf-write.js';

/** Cuts an SDF of clofnet's own, whose records all end with `$$$$`. */
export function cutter(): ConformerCutter {
  let lines: string[] = [];
  return {
    push(line) {
      if (!line.startsWith('$$$$')) {
        lines.push(line);
        return undefined;
      }
      const properties = readProperties(lines.slice(lines.indexOf('M  END') + 1));
      lines = [];
      return properties;
    },
  };
}

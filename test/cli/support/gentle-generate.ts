import { parseSdf, type SdfRecord } from '../../../src/molecules/formats/sdf-read.js';

/** Options of `conformers generate`: weights that have learned nothing, under so little noise that they cannot do harm. */
export const gentleOptions = (weights: string): string[] => [
  ...['--weights', weights, '--sigma', '0.03', '--steps', '2', '--churn', '0', '--workers', '1'],
];

/** The records of an SDF, all of which must be sound. */
export function recordsOf(text: string): SdfRecord[] {
  return Array.from(parseSdf(text, 'test'), (result) => {
    if ('error' in result) throw new Error(result.error);
    return result.record;
  });
}

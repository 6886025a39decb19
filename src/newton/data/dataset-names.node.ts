import { join } from 'node:path';
import { SPLITS, type Split } from '../simulation/protocol.js';

/** What the files of a set hold; `loc` stands for the others, see `writeDataset`. */
export const QUANTITIES = ['edges', 'charges', 'vel', 'loc'] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** `DIR/loc_train_charged5_initvel1small.npy` and so on. */
export function datasetPath(directory: string, quantity: Quantity, split: Split, name: string): string {
  return join(directory, `${quantity}_${split}_${name}.npy`);
}

/** `DIR/set_charged5_initvel1small.json`: what the set is. */
export const descriptionPath = (directory: string, name: string): string => join(directory, `set_${name}.json`);

/** Split and name of a file that holds positions; undefined for every other file. */
export function parseDatasetFile(file: string): { split: Split; name: string } | undefined {
  const match = /^loc_(train|valid|test)_(.+)\.npy$/.exec(file);
  const split = SPLITS.find((candidate) => candidate === match?.[1]);
  return match && split ? { split, name: match[2] } : undefined;
}

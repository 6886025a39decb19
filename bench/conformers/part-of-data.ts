/**
 * A part of a data set, for the learning curve against the amount of data: every k-th of its training molecules, with
 * all molecules for validation and testing.
 *
 * node --import ./scripts/typescript.js bench/conformers/part-of-data.ts DATA_SET K OUT
 */
import { readDataset, writeDataset } from '../../src/conformers/dataset/dataset-file.node.js';

const [source, every, out] = process.argv.slice(2);
const k = Number(every);
if (!out || !Number.isInteger(k) || k < 1) throw new Error('usage: part-of-data.ts DATA_SET K OUT');

const { manifest, ensembles, splits } = await readDataset(source);
let place = 0;
const kept = ensembles.map((_, i) => splits[i] !== 'train' || place++ % k === 0);
const written = await writeDataset(
  out,
  ensembles.filter((_, i) => kept[i]),
  { sources: manifest.sources },
  splits.filter((_, i) => kept[i]),
);
console.log(`${out}: ${written.splits.train} of ${manifest.splits.train} training molecules`);

import { type Ensemble, theoryLevels } from '../dataset/ensemble.js';
import { type GraphForm, graphForms } from '../graphs/bonded-graph.js';
import { CENTRE_NUMBERS, type MolecularGraph } from '../graphs/molecular-graph.js';
import { ATOM_FEATURES } from '../networks/molecule-tensors.js';
import { centred } from '../sampling/centre.js';

/** Molecules and their shapes in memory that all worker threads share. An example is one conformer. */
export interface SharedSet {
  /** Of every molecule: where its atoms, edges and centres start, and at the end where the last ones end. */
  readonly atomStart: Int32Array;
  readonly edgeStart: Int32Array;
  readonly centreStart: Int32Array;
  readonly levels: Int32Array;
  /** The arrays of all molecules' graphs, one behind the other. */
  readonly graphs: Omit<MolecularGraph, 'atoms'>;
  /** The molecule of every example. */
  readonly moleculeOf: Int32Array;
  /** Where the positions of every example start. */
  readonly positionStart: Int32Array;
  /** ångström, each conformer's centre at 0. */
  readonly positions: Float32Array;
}

/** The sets that a run learns from, is chosen by and, where there is one, is tested on. */
export type SharedSplits = Readonly<Record<'train' | 'valid', SharedSet> & { test?: SharedSet }>;

function join<A extends Float32Array | Int32Array>(parts: readonly A[], joined: A): A {
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

const lengthOf = (parts: readonly { readonly length: number }[]): number =>
  parts.reduce((total, { length }) => total + length, 0);

const memory = (length: number): SharedArrayBuffer => new SharedArrayBuffer(length * 4);

/** Arrays one behind the other, in memory that threads share. */
const sharedFloats = (parts: readonly Float32Array[]): Float32Array =>
  join(parts, new Float32Array(memory(lengthOf(parts))));

const sharedIntegers = (parts: readonly Int32Array[]): Int32Array =>
  join(parts, new Int32Array(memory(lengthOf(parts))));

/** 0 and the sums of the first one, two, … lengths. */
function starts(lengths: readonly number[]): Int32Array {
  const result = new Int32Array(memory(lengths.length + 1));
  for (const [k, length] of lengths.entries()) result[k + 1] = result[k] + length;
  return result;
}

/**
 * Puts ensembles into shared memory.
 * @param mostConformers the most conformers of one molecule, the first ones
 * @param form the graphs that the network takes
 */
export function shareEnsembles(
  ensembles: readonly Ensemble[],
  mostConformers = Infinity,
  form: GraphForm = 'pairs',
): SharedSet {
  const graphs = ensembles.map(({ molecule }) => graphForms[form](molecule));
  const used = ensembles.map(({ conformers }) => conformers.slice(0, mostConformers));
  const examples = used.flatMap((conformers, molecule) => conformers.map((positions) => ({ molecule, positions })));
  return {
    atomStart: starts(graphs.map(({ atoms }) => atoms)),
    edgeStart: starts(graphs.map(({ senders }) => senders.length)),
    centreStart: starts(graphs.map(({ centres }) => centres.length / CENTRE_NUMBERS)),
    levels: sharedIntegers([Int32Array.from(ensembles, ({ level }) => theoryLevels.indexOf(level))]),
    graphs: {
      atomicNumbers: sharedIntegers(graphs.map(({ atomicNumbers }) => atomicNumbers)),
      atomFeatures: sharedFloats(graphs.map(({ atomFeatures }) => atomFeatures)),
      senders: sharedIntegers(graphs.map(({ senders }) => senders)),
      receivers: sharedIntegers(graphs.map(({ receivers }) => receivers)),
      edgeTypes: sharedIntegers(graphs.map(({ edgeTypes }) => edgeTypes)),
      centres: sharedIntegers(graphs.map(({ centres }) => centres)),
    },
    moleculeOf: sharedIntegers([Int32Array.from(examples, ({ molecule }) => molecule)]),
    positionStart: starts(examples.map(({ positions }) => positions.length)),
    positions: sharedFloats(examples.map(({ positions }) => centred(positions))),
  };
}

/** One molecule's part of a shared set. */
export function graphOf({ atomStart, edgeStart, centreStart, graphs }: SharedSet, molecule: number): MolecularGraph {
  const [atom, atomEnd] = [atomStart[molecule], atomStart[molecule + 1]];
  const [edge, edgeEnd] = [edgeStart[molecule], edgeStart[molecule + 1]];
  const [centre, centreEnd] = [centreStart[molecule], centreStart[molecule + 1]];
  return {
    atoms: atomEnd - atom,
    atomicNumbers: graphs.atomicNumbers.subarray(atom, atomEnd),
    atomFeatures: graphs.atomFeatures.subarray(ATOM_FEATURES * atom, ATOM_FEATURES * atomEnd),
    senders: graphs.senders.subarray(edge, edgeEnd),
    receivers: graphs.receivers.subarray(edge, edgeEnd),
    edgeTypes: graphs.edgeTypes.subarray(edge, edgeEnd),
    centres: graphs.centres.subarray(CENTRE_NUMBERS * centre, CENTRE_NUMBERS * centreEnd),
  };
}

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

const sharedFloats = (length: number): Float32Array =>
  new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));

const sharedIntegers = (length: number): Int32Array =>
  new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));

function joinIntegers(parts: readonly Int32Array[]): Int32Array {
  const joined = sharedIntegers(parts.reduce((total, part) => total + part.length, 0));
  place(parts, joined);
  return joined;
}

function joinFloats(parts: readonly Float32Array[]): Float32Array {
  const joined = sharedFloats(parts.reduce((total, part) => total + part.length, 0));
  place(parts, joined);
  return joined;
}

function place<A extends Float32Array | Int32Array>(parts: readonly A[], into: A): void {
  let at = 0;
  for (const part of parts) {
    into.set(part, at);
    at += part.length;
  }
}

/** 0 and the sums of the first one, two, … lengths. */
function starts(lengths: readonly number[]): Int32Array {
  const result = sharedIntegers(lengths.length + 1);
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
    levels: joinIntegers([Int32Array.from(ensembles, ({ level }) => theoryLevels.indexOf(level))]),
    graphs: {
      atomicNumbers: joinIntegers(graphs.map(({ atomicNumbers }) => atomicNumbers)),
      atomFeatures: joinFloats(graphs.map(({ atomFeatures }) => atomFeatures)),
      senders: joinIntegers(graphs.map(({ senders }) => senders)),
      receivers: joinIntegers(graphs.map(({ receivers }) => receivers)),
      edgeTypes: joinIntegers(graphs.map(({ edgeTypes }) => edgeTypes)),
      centres: joinIntegers(graphs.map(({ centres }) => centres)),
    },
    moleculeOf: joinIntegers([Int32Array.from(examples, ({ molecule }) => molecule)]),
    positionStart: starts(examples.map(({ positions }) => positions.length)),
    positions: joinFloats(examples.map(({ positions }) => centred(positions))),
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

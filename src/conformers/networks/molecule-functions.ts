import { UserError } from '../../common/errors.js';
import type { Molecule } from '../../molecules/molecule.js';
import { parseSmiles } from '../../molecules/smiles/smiles.js';
import { TELLS_MIRRORS } from '../../networks/backbone.js';
import type { GeometricFunction, Sample, SampleSize } from '../../networks/geometric-function.js';
import { graphQuantities, type Quantities } from '../../networks/quantities.js';
import type { Rng } from '../../random/generator.js';
import { input } from '../../tensor/index.js';
import { theoryLevels } from '../dataset/ensemble.js';
import { bondedGraph } from '../graphs/bonded-graph.js';
import { edgeKinds, type MolecularGraph, molecularGraph } from '../graphs/molecular-graph.js';
import { batchMolecules } from '../graphs/molecule-batch.js';
import { bondGraphInputs } from './bond-graph.js';
import { type Denoiser, dataVariance } from './denoiser.js';
import { moleculeInputs } from './molecule-tensors.js';
import type { ScoreNetwork } from './score-network.js';

/** What the metadata of exported networks for molecules say of units. */
export const MOLECULE_NOTES = { units: 'ångström' };

const AXES = { nodes: 'atoms of all molecules', edges: 'pairs of atoms, both ways', graphs: 'molecules' };

const WORDS = { node: 'atom', nodes: 'atoms', graph: 'molecule', edges: 'every edge is there both ways' };

/** What every network for molecules gets. `sigma` moves with nothing: noise is the same in all directions. */
const shared = {
  sigma: { kind: 'scalar', at: 'graphs', meaning: 'deviation of the noise in every molecule', unit: 'ångström' },
  atomic_numbers: { kind: 'scalar', at: 'nodes', meaning: 'atomic number of every atom', unit: '1' },
  ...graphQuantities(WORDS),
} satisfies Quantities;

const corner = (k: number) =>
  ({
    kind: 'index',
    at: 'centres',
    of: 'nodes',
    meaning: `number of atom ${k} of the four that define the chirality of every tetrahedral centre`,
    unit: '1',
  }) as const;

/** What goes into a denoiser and comes out. */
const denoiserQuantities = {
  ...shared,
  noisy: { kind: 'position', at: 'nodes', meaning: 'x, y, z of every atom, with noise', unit: 'ångström' },
  atom_features: {
    kind: 'scalar',
    at: 'nodes',
    meaning:
      'of every atom: charge; neighbours / 4; hydrogens / 4; whether it has an aromatic, a double, a triple bond; ' +
      'whether it is in a ring of 3, 4, 5, 6 or more atoms; whether it is a tetrahedral centre',
    unit: '1',
  },
  edge_types: {
    kind: 'scalar',
    at: 'edges',
    meaning: `what joins the ends of every edge: ${edgeKinds.map((kind, k) => `${k} ${kind}`).join(', ')}`,
    unit: '1',
  },
  level: {
    kind: 'scalar',
    at: 'graphs',
    meaning: `level of theory of every molecule: ${theoryLevels.map((level, k) => `${k} ${level}`).join(', ')}`,
    unit: '1',
  },
  centre_atom: {
    kind: 'index',
    at: 'centres',
    of: 'nodes',
    meaning: 'number of the atom in the middle of every tetrahedral centre',
    unit: '1',
  },
  centre_around_0: corner(0),
  centre_around_1: corner(1),
  centre_around_2: corner(2),
  centre_around_3: corner(3),
  centre_hand: {
    kind: 'pseudo-scalar',
    at: 'centres',
    meaning: 'sign of (x₀ − x₃) · ((x₁ − x₃) × (x₂ − x₃)) of the four around every centre, 1 or −1',
    unit: '1',
  },
  denoised: {
    kind: 'vector',
    at: 'nodes',
    meaning: 'expected x, y, z of every atom without noise, relative to the centre of its molecule',
    unit: 'ångström',
  },
} satisfies Quantities;

/** What goes into a score network and comes out. */
const scoreQuantities = {
  ...shared,
  positions: { kind: 'position', at: 'nodes', meaning: 'x, y, z of every atom, with noise', unit: 'ångström' },
  edge_types: {
    kind: 'scalar',
    at: 'edges',
    meaning: "RDKit's code of the bond, 23 for atoms two bonds apart, 24 for atoms three bonds apart",
    unit: '1',
  },
  score: { kind: 'vector', at: 'nodes', meaning: 'gradient of ln p at every atom', unit: '1/ångström' },
} satisfies Quantities;

/** Molecules that networks are tried on: chains, rings, stereocentres, a double bond with sides, several elements. */
const SMILES = ['CCO', 'C[C@H](O)N', 'Oc1ccccc1', 'C/C=C/C', 'CC(=O)NC', 'C[C@@H](F)[C@H](O)Cl', 'C1CCCC1', 'CSC#N'];

/** The most molecules of a sample: they run together. */
const MOST = 2000;

type GraphOf = (molecule: Molecule) => MolecularGraph;

/** Noise of random deviation, and atoms at random places as far apart as those of molecules with that noise. */
function moleculeSample(rng: Rng, { graphs }: SampleSize, positions: string, graphOf: GraphOf): Sample {
  if (graphs > MOST) throw new UserError(`${graphs} molecules are too many at once: ask for ${MOST}, or fewer`);
  const molecules = Array.from({ length: graphs }, (_, k) => parseSmiles(SMILES[k % SMILES.length]));
  const sizes = molecules.map(({ atomicNumbers }) => atomicNumbers.length);
  const sigma = Float32Array.from(sizes, () => 0.05 * 40 ** rng.uniform());
  const places = sizes.flatMap((atoms, k) => [
    ...rng.fillNormal(new Float64Array(3 * atoms), 0, Math.sqrt(dataVariance(atoms) + sigma[k] ** 2)),
  ]);
  const { feeds } = batchMolecules(molecules.map(graphOf), new Int32Array(graphs));
  return { sizes, arrays: { ...feeds, [positions]: Float32Array.from(places), sigma } };
}

/**
 * A denoiser as a function of named arrays. Its frames have a pseudo-vector for an axis: it distinguishes mirror
 * images.
 */
export const denoiserFunction = (model: Denoiser): GeometricFunction => ({
  name: 'denoiser',
  parameters: model.parameters,
  output: {
    denoised: model.denoise(moleculeInputs(), input('noisy', ['nodes', 3]), input('sigma', ['graphs', 1])),
  },
  quantities: denoiserQuantities,
  words: WORDS,
  axes: { ...AXES, centres: 'tetrahedral centres whose hand is known' },
  follows: TELLS_MIRRORS,
  sample: (rng, size) => moleculeSample(rng, size, 'noisy', molecularGraph),
});

/** A score network as a function of named arrays. */
export const scoreNetworkFunction = (model: ScoreNetwork): GeometricFunction => ({
  name: 'score',
  parameters: model.parameters,
  output: {
    score: model.score(bondGraphInputs(), input('positions', ['nodes', 3]), input('sigma', ['graphs', 1])),
  },
  quantities: scoreQuantities,
  words: WORDS,
  axes: AXES,
  follows: { ...TELLS_MIRRORS, translation: model.recentre },
  sample: (rng, size) => moleculeSample(rng, size, 'positions', bondedGraph),
});

import { BestRmsd } from '../../molecules/symmetry/best-rmsd.js';
import { apportion } from './apportion.js';
import { isMade, type MadeConformer, type MakingResult } from './made-conformer.js';

export interface ChoosingOptions {
  /** Those further above the lowest of their isomer, in kcal/mol, are chosen only where there is nothing else. */
  readonly window?: number;
  /** No two of an isomer within this RMSD of heavy atoms are chosen, in ångström. */
  readonly unique?: number;
}

/** Relaxed conformers within this RMSD of heavy atoms, in ångström, are at the same minimum. */
const SAME_MINIMUM = 0.1;
/** Minima are chosen in proportion to this power of how often they were found. */
const SHARPNESS = 2;
/** See {@link apportion}: each minimum's first conformer comes a little easier than the share of the minimum says. */
const FIRST_DIVISOR = 0.5;

/** Conformers of one isomer that relaxed to the same minimum. */
interface Minimum {
  /** Those that may be chosen, the lowest first. */
  readonly conformers: readonly MadeConformer[];
  /** How often it was found. */
  readonly found: number;
}

/** What may be chosen of an isomer. */
interface Candidates {
  /** How many conformers of it were generated. */
  readonly generated: number;
  /** Those found first come first. */
  readonly minima: readonly Minimum[];
  /** Conformers above the window, the lowest first. */
  readonly spare: readonly MadeConformer[];
}

/**
 * Chooses from more relaxed conformers of a molecule than were requested. Minima that were found often go before those
 * found seldom: a force field has minima that better levels of theory do not have, and the network, which has learned
 * such a level, seldom generates anything near them. Isomers keep the shares in which they were generated. Nothing is
 * chosen twice: what is there of a minimum more than once was generated more than once.
 * @returns at most `count` conformers, in the order in which they were generated
 */
export function chooseConformers(
  generated: readonly MakingResult[],
  count: number,
  options: ChoosingOptions = {},
): MadeConformer[] {
  const made = generated.filter(isMade);
  const isomers = [...new Set(made.map(({ molecule }) => molecule.smiles))].map((smiles) =>
    candidatesOf(
      made.filter(({ molecule }) => molecule.smiles === smiles),
      options,
    ),
  );
  const places = apportion(
    count,
    isomers.map(({ generated: weight, minima, spare }) => ({ weight, most: sizeOf(minima) + spare.length })),
  );
  const chosen = new Set(isomers.flatMap((isomer, k) => chooseFrom(isomer, places[k])));
  return made.filter((conformer) => chosen.has(conformer));
}

const sizeOf = (minima: readonly Minimum[]): number =>
  minima.reduce((sum, { conformers }) => sum + conformers.length, 0);

/** @param conformers of one isomer */
function candidatesOf(conformers: readonly MadeConformer[], { window, unique }: ChoosingOptions): Candidates {
  const sorted = conformers.toSorted((a, b) => compare(energyOf(a), energyOf(b)));
  const highest = energyOf(sorted[0]) + (window ?? Number.POSITIVE_INFINITY);
  const all = minimaOf(sorted, unique ?? SAME_MINIMUM).map((same) => ({
    conformers: unique === undefined ? same : same.slice(0, 1),
    found: same.length,
    first: Math.min(...same.map((conformer) => conformers.indexOf(conformer))),
  }));
  const isLow = ({ conformers: [lowest] }: Minimum): boolean => energyOf(lowest) <= highest;
  return {
    generated: conformers.length,
    minima: all.filter(isLow).sort((a, b) => a.first - b.first),
    spare: all.filter((minimum) => !isLow(minimum)).flatMap((minimum) => minimum.conformers),
  };
}

function chooseFrom({ minima, spare }: Candidates, count: number): MadeConformer[] {
  const claims = minima.map(({ conformers, found }) => ({ weight: found ** SHARPNESS, most: conformers.length }));
  const places = apportion(count, claims, FIRST_DIVISOR);
  const chosen = minima.flatMap(({ conformers }, k) => conformers.slice(0, places[k]));
  return [...chosen, ...spare.slice(0, count - chosen.length)];
}

/**
 * Brings together what lies within a distance of the lowest conformer of a minimum.
 * @param sorted of one isomer, the lowest first
 * @returns minima by their lowest conformers, each of which is further than the distance from all others of these
 */
function minimaOf(sorted: readonly MadeConformer[], distance: number): MadeConformer[][] {
  const measure = new BestRmsd(sorted[0].molecule);
  const minima: { readonly shape: ReturnType<BestRmsd['shape']>; readonly conformers: MadeConformer[] }[] = [];
  for (const conformer of sorted) {
    const shape = measure.shape(conformer.coordinates);
    const known = minima.find((minimum) => measure.between(minimum.shape, shape) < distance);
    if (known) known.conformers.push(conformer);
    else minima.push({ shape, conformers: [conformer] });
  }
  return minima.map(({ conformers }) => conformers);
}

/** kcal/mol; what the force field could not relax comes last. */
const energyOf = ({ relaxed }: MadeConformer): number =>
  relaxed && 'energy' in relaxed ? relaxed.energy : Number.POSITIVE_INFINITY;

/** Differences of infinite energies are no numbers. */
const compare = (a: number, b: number): number => (a < b ? -1 : Number(a > b));

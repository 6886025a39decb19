import type { StartName } from 'clofnet/conformers';
import type { MoleculesRequest } from '../engine/molecules-types.js';
import type { UrlState } from '../shell/url-state.js';
import { FIRST } from './examples.js';

/** What is on the stage: the way of the first conformer, one conformer, or all of them laid on one another. */
export const VIEWS = { way: 'Trajectory', one: 'One', all: 'All overlaid' } as const;
export type ViewName = keyof typeof VIEWS;

/** What sampling may start from here. */
export const STARTS = {
  shapes: 'rule-based shapes',
  noise: 'noise alone',
} as const satisfies Partial<Record<StartName, string>>;

/** The start of this name; what is none counts as not said. */
export const startOf = (name: string | undefined): keyof typeof STARTS =>
  (Object.keys(STARTS) as (keyof typeof STARTS)[]).find((start) => start === name) ?? DEFAULTS.start;

/** All that the address says of this part. */
export interface Settings extends MoleculesRequest {
  /** Whether conformers are made as soon as the page is opened. */
  readonly made: boolean;
  /** Whether those that are made are relaxed then. */
  readonly relaxed: boolean;
  readonly view: ViewName;
  /** The number of the conformer that is looked at, from 1. */
  readonly at: number;
  readonly spin: boolean;
}

export const MOST_CONFORMERS = 100;

const DEFAULTS = {
  smiles: FIRST,
  count: 8,
  seed: 1,
  start: 'shapes',
  relax: false,
  made: false,
  relaxed: false,
  view: 'way',
  at: 1,
  spin: false,
} as const satisfies Settings;

/** A whole number within limits, or what stands there else. */
function whole(text: string | undefined, least: number, most: number, otherwise: number): number {
  const value = Number(text);
  return text !== undefined && Number.isSafeInteger(value) && value >= least && value <= most ? value : otherwise;
}

/** What the address says; what makes no sense in it counts as not said. */
export function readSettings({ get }: Pick<UrlState, 'get'>): Settings {
  const view = get('view');
  return {
    smiles: get('smiles') ?? DEFAULTS.smiles,
    count: whole(get('n'), 1, MOST_CONFORMERS, DEFAULTS.count),
    seed: whole(get('seed'), 0, Number.MAX_SAFE_INTEGER, DEFAULTS.seed),
    start: startOf(get('start')),
    relax: get('relax') === '1',
    made: get('made') === '1',
    relaxed: get('relaxed') === '1',
    view: view === 'one' || view === 'all' ? view : DEFAULTS.view,
    at: whole(get('at'), 1, MOST_CONFORMERS, DEFAULTS.at),
    spin: get('spin') === '1',
  };
}

/** Puts settings into the address; defaults are left out. */
export function writeSettings(state: UrlState, settings: Settings): void {
  const { smiles, count, seed, start, relax, made, relaxed, view, at, spin } = settings;
  const other = <Value>(value: Value, usual: Value): Value | undefined => (value === usual ? undefined : value);
  state.set({
    smiles: other(smiles, DEFAULTS.smiles),
    n: other(count, DEFAULTS.count),
    seed: other(seed, DEFAULTS.seed),
    start: other(start, DEFAULTS.start),
    relax: relax ? 1 : undefined,
    made: made ? 1 : undefined,
    relaxed: relaxed ? 1 : undefined,
    view: other(view, DEFAULTS.view),
    at: other(at, DEFAULTS.at),
    spin: spin ? 1 : undefined,
  });
}

/** Whether two ask for the same conformers. */
export const isSameRequest = (a: MoleculesRequest, b: MoleculesRequest): boolean =>
  a.smiles === b.smiles && a.count === b.count && a.seed === b.seed && a.start === b.start && a.relax === b.relax;

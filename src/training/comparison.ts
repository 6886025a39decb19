import { mean, type Spread, spread } from '../common/statistics.js';
import type { Progress } from './checkpoint.js';
import type { RunDescription } from './run-description.js';
import { allSettings, settingOf, shortNames, valueText } from './settings.js';
import type { EpochMetrics } from './trainer.js';

/** A training run, as far as it is compared with others. */
export interface ComparedRun {
  /** What it is called beside the others. */
  readonly name: string;
  readonly folder: string;
  /** With its configuration in full. */
  readonly description: RunDescription;
  /** The configuration without what means nothing to the network; default all of it. */
  readonly settings?: object;
  readonly metrics: readonly EpochMetrics[];
  /** The evaluation with the lowest validation error. */
  readonly best: (Pick<NonNullable<Progress['best']>, 'epoch' | 'valid'> & { readonly test?: number }) | null;
  /** Whether it has come to its end. */
  readonly finished: boolean;
  readonly epochs: number;
  readonly steps: number;
  readonly parameters: number;
  /** Of training; null where they were not counted. */
  readonly seconds: number | null;
}

/** Runs whose configurations differ in nothing but the seed. */
export interface Combination {
  /** Of the settings that are compared. */
  readonly values: readonly unknown[];
  /** The same in words: of a choice that has parameters, such as a schedule, those in which runs differ. */
  readonly labels: readonly string[];
  /** `layers=4, rate=0.01`; empty where no setting differs. */
  readonly name: string;
  readonly runs: readonly ComparedRun[];
  /** Those that the figures below are of: the finished ones, or all where none is finished. */
  readonly counted: readonly ComparedRun[];
  /** The lowest validation errors, and the test errors there. */
  readonly valid: Spread | null;
  readonly test: Spread | null;
  /** Means. */
  readonly bestEpoch: number | null;
  readonly steps: number;
  readonly parameters: number;
  readonly seconds: number | null;
}

/** Runs beside each other. */
export interface Comparison {
  /** The settings in which they differ: `model.layers`. */
  readonly keys: readonly string[];
  /** Short names of those settings. */
  readonly names: readonly string[];
  readonly combinations: readonly Combination[];
}

/** What makes no other combination: chance, and what changes no number but by rounding. */
const UNCOMPARED = ['training.seed', 'training.checkpointMinutes', 'training.microBatchEdges'];

/** What is one choice, though it has parameters: one column. */
const CHOICES = ['training.schedule'];

const settingsOf = ({ settings, description }: ComparedRun): object => settings ?? description.config;

/** What runs are compared by. */
export interface ComparisonOptions {
  /** The settings; default all in which the runs differ. */
  readonly keys?: readonly string[];
  /** The setting that says where the data lie, which makes no difference where the data are the same. */
  readonly place?: string;
}

/** Puts runs into combinations, in the order in which they come. */
export function compareRuns(
  runs: readonly ComparedRun[],
  { keys = differingSettings(runs), place }: ComparisonOptions = {},
): Comparison {
  const sameData = new Set(runs.map(({ description }) => description.dataHash)).size < 2;
  const compared = keys.filter((key) => !UNCOMPARED.includes(key) && !(sameData && key === place));
  const names = shortNames(compared);
  const valuesOf = (run: ComparedRun): unknown[] => compared.map((key) => settingOf(settingsOf(run), key));
  const all = runs.map(valuesOf);
  const labelsOf = (values: readonly unknown[]): string[] =>
    values.map((value, k) =>
      labelOf(
        value,
        all.map((others) => others[k]),
      ),
    );
  const groups = new Map<string, ComparedRun[]>();
  for (const run of runs) {
    const group = JSON.stringify(valuesOf(run));
    groups.set(group, [...(groups.get(group) ?? []), run]);
  }
  const combinations = [...groups.values()].map((members) => {
    const values = valuesOf(members[0]);
    const labels = labelsOf(values);
    return { values, labels, name: nameOf(names, labels), ...figuresOf(members) };
  });
  return { keys: compared, names, combinations };
}

const nameOf = (names: readonly string[], labels: readonly string[]): string =>
  labels.map((label, k) => `${names[k]}=${label}`).join(', ');

/** `4`; `cosine (floor 0.01)` of a choice, where another of the same kind has another floor. */
function labelOf(value: unknown, others: readonly unknown[]): string {
  const { kind, ...parameters } = Object(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  if (typeof kind !== 'string') return valueText(value);
  const alike = others.map((other) => Object(other)).filter((other) => other.kind === kind);
  const differing = Object.entries(parameters).filter(([name, own]) =>
    alike.some((other) => JSON.stringify(other[name]) !== JSON.stringify(own)),
  );
  const shown = differing.map(([name, own]) => `${name} ${valueText(own)}`);
  return shown.length === 0 ? kind : `${kind} (${shown.join(', ')})`;
}

function differingSettings(runs: readonly ComparedRun[]): string[] {
  const choiceOf = (key: string): string => CHOICES.find((choice) => key.startsWith(`${choice}.`)) ?? key;
  const keys = new Set(runs.flatMap((run) => [...allSettings(settingsOf(run)).keys()].map(choiceOf)));
  // Networks that do not have a setting do not differ in it.
  const values = (key: string): string[] =>
    runs.flatMap((run) => {
      const value = settingOf(settingsOf(run), key);
      const meansNothing = value === undefined && settingOf(run.description.config, key) !== undefined;
      return meansNothing ? [] : [JSON.stringify(value) ?? ''];
    });
  return [...keys].filter((key) => new Set(values(key)).size > 1);
}

function figuresOf(runs: readonly ComparedRun[]): Omit<Combination, 'values' | 'labels' | 'name'> {
  const finished = runs.filter((run) => run.finished);
  const counted = finished.length > 0 ? finished : runs;
  const known = (of: (run: ComparedRun) => number | null | undefined): number[] =>
    counted.flatMap((run) => of(run) ?? []);
  const meanOf = (values: readonly number[]): number | null => (values.length > 0 ? mean(values) : null);
  return {
    runs,
    counted,
    valid: spread(known(({ best }) => best?.valid)),
    test: spread(known(({ best }) => best?.test)),
    bestEpoch: meanOf(known(({ best }) => best?.epoch)),
    steps: mean(known(({ steps }) => steps)),
    parameters: mean(known(({ parameters }) => parameters)),
    seconds: meanOf(known(({ seconds }) => seconds)),
  };
}

/** The combination with the lowest validation error in the mean; undefined where nothing was evaluated. */
export const bestCombination = ({ combinations }: Comparison): Combination | undefined =>
  combinations
    .filter(({ valid }) => valid !== null)
    .toSorted((a, b) => (a.valid?.mean ?? 0) - (b.valid?.mean ?? 0))
    .at(0);

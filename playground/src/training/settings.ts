import type { BodiesKind } from '../engine/bodies-types.js';
import type { TrainingSettings } from '../engine/training-types.js';
import type { UrlState } from '../shell/url-state.js';

/** What the address holds of the part. */
export interface View extends TrainingSettings {
  /** The test system in view, from 1. */
  readonly test: number;
}

export const kinds: Readonly<Record<BodiesKind, string>> = {
  charged: 'Charged bodies',
  static: 'Charged bodies in gravity',
  dynamic: 'Charged bodies in a magnetic field',
};

/** What may be put into a field. */
export interface NumberField {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number | 'any';
}

export const fields = {
  bodies: { label: 'Bodies', min: 3, max: 10, step: 1 },
  trajectories: { label: 'Training trajectories', min: 50, max: 3000, step: 50 },
  hidden: { label: 'Hidden features', min: 4, max: 128, step: 2 },
  layers: { label: 'Layers', min: 1, max: 6, step: 1 },
  rate: { label: 'Learning rate', min: 0, max: 1e30, step: 'any' },
  epochs: { label: 'Epochs', min: 1, max: 2000, step: 1 },
  seed: { label: 'Seed', min: 0, max: 0xffffffff, step: 1 },
  test: { label: 'Test system', min: 1, max: 50, step: 1 },
} as const satisfies Readonly<Record<Exclude<keyof View, 'kind'>, NumberField>>;
export type FieldName = keyof typeof fields;
export const fieldNames = Object.keys(fields) as readonly FieldName[];

/** Learns in half a minute to be much better than the straight line. */
export const defaults: View = {
  kind: 'charged',
  bodies: 5,
  trajectories: 1000,
  hidden: 16,
  layers: 2,
  rate: 0.005,
  epochs: 60,
  seed: 43,
  test: 3,
};

/** What the address says; what makes no sense is as usual, or left for {@link problemOf}. */
export function readView(state: UrlState): View {
  const kind = (Object.keys(kinds) as BodiesKind[]).find((name) => name === state.get('system'));
  const numbers = fieldNames.map((name) => {
    const text = state.get(name);
    return [name, text === undefined || text === '' ? defaults[name] : Number(text)] as const;
  });
  return { ...defaults, ...Object.fromEntries(numbers), kind: kind ?? defaults.kind };
}

/** Puts into the address what is not as usual. */
export function writeView(state: UrlState, view: View): void {
  const unusual = fieldNames.map((name) => [name, view[name] === defaults[name] ? undefined : view[name]]);
  state.set({ system: view.kind === defaults.kind ? undefined : view.kind, ...Object.fromEntries(unusual) });
}

/** What is wrong with the settings, in a line. */
export function problemOf(view: View): string | undefined {
  for (const name of fieldNames) {
    const { label, min, max, step }: NumberField = fields[name];
    const value = view[name];
    const isOn = step === 'any' ? value > 0 : Number.isInteger(value) && (name !== 'hidden' || value % 2 === 0);
    if (isOn && value >= min && value <= max) continue;
    const wanted = step === 'any' ? 'a positive number' : `${name === 'hidden' ? 'an even' : 'a whole'} number`;
    const range = step === 'any' ? '' : ` from ${min} to ${max}`;
    return `${label} must be ${wanted}${range}${Number.isNaN(value) ? '' : `, not ${value}`}`;
  }
  return undefined;
}

const trained = ['kind', 'bodies', 'trajectories', 'hidden', 'layers', 'seed'] as const;

/** Whether a network of these settings is another one than of those; rate and epochs may change underway. */
export const isOtherNetwork = (a: TrainingSettings, b: TrainingSettings): boolean =>
  trained.some((name) => a[name] !== b[name]);

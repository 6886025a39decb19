import type { FrameForm } from 'clofnet/geometry';
import type { BodiesChoice, BodiesKind, NetworkName, Pair, Pose, Question } from '../engine/bodies-types.js';
import type { UrlState } from '../shell/url-state.js';

/** All that a view of the part follows from. */
export interface Settings extends BodiesChoice, Pose {
  readonly network: NetworkName;
  readonly pair: Pair;
  /** Whether the frame of the pair is drawn. */
  readonly showsPair: boolean;
  readonly form: FrameForm;
  /** How fast time goes, relative to the usual. */
  readonly speed: number;
  /** The snapshot at which time stands still; it goes on where there is none. */
  readonly paused?: number;
}

export const kinds: Readonly<Record<BodiesKind, string>> = {
  charged: 'Charged bodies',
  static: 'Charged bodies in gravity',
  dynamic: 'Charged bodies in a magnetic field',
};

/** The sizes that the networks learned on; they are at their best there. */
export const usualBodies: Readonly<Record<BodiesKind, number>> = { charged: 5, static: 20, dynamic: 20 };

export const networks: Readonly<Record<NetworkName, string>> = {
  published: 'published: not given the field',
  field: 'given the field as an input',
};

export const forms: Readonly<Record<FrameForm, string>> = {
  published: 'published (shorter than 1)',
  orthonormal: 'orthonormal (length 1)',
};

export const unturned: readonly number[] = [1, 0, 0, 0];

const defaults: Settings = {
  kind: 'charged',
  bodies: 5,
  seed: 43,
  turn: unturned,
  isMirrored: false,
  network: 'published',
  pair: [0, 1],
  showsPair: false,
  form: 'published',
  speed: 1,
};

function nameIn<Name extends string>(
  names: Readonly<Record<Name, string>>,
  given: string | undefined,
  usual: Name,
): Name {
  return (Object.keys(names) as Name[]).find((name) => name === given) ?? usual;
}

/** Numbers as the address has them, `0.5,0.5,0,0`; nothing where they are not as many or not numbers. */
function numbers(text: string | undefined, count: number): number[] | undefined {
  const found = (text ?? '').split(',').map((part) => (part === '' ? Number.NaN : Number(part)));
  return found.length === count && found.every(Number.isFinite) ? found : undefined;
}

/** What the address says. A number of bodies or a seed that there is not is left for the engine to refuse. */
export function readSettings(state: UrlState): Settings {
  const number = (name: string, usual: number): number => Number(state.get(name) ?? usual);
  const bodies = number('bodies', defaults.bodies);
  const turn = numbers(state.get('turn'), 4);
  const [i, j] = numbers(state.get('pair'), 2) ?? [1, 2];
  const paused = numbers(state.get('at'), 1)?.[0];
  const isPair = [i, j].every((body) => Number.isInteger(body) && body >= 1 && body <= bodies) && i !== j;
  return {
    kind: nameIn(kinds, state.get('system'), defaults.kind),
    bodies,
    seed: number('seed', defaults.seed),
    turn: turn && Math.hypot(...turn) > 0 ? turn : unturned,
    isMirrored: state.get('mirror') === '1',
    network: nameIn(networks, state.get('network'), defaults.network),
    pair: isPair ? [i - 1, j - 1] : defaults.pair,
    showsPair: state.get('frame') === '1',
    form: nameIn(forms, state.get('axes'), defaults.form),
    speed: numbers(state.get('speed'), 1)?.[0] ?? defaults.speed,
    ...(paused !== undefined && { paused: Math.max(0, Math.round(paused)) }),
  };
}

/** Puts into the address what is not as usual. */
export function writeSettings(state: UrlState, settings: Settings): void {
  const { kind, bodies, seed, turn, isMirrored, network, pair, showsPair, form, speed, paused } = settings;
  const unless = <T extends string | number>(value: T, usual: T): T | undefined =>
    value === usual ? undefined : value;
  state.set({
    system: unless(kind, defaults.kind),
    bodies: unless(bodies, defaults.bodies),
    seed: unless(seed, defaults.seed),
    turn: unless(turn.join(), unturned.join()),
    mirror: isMirrored ? 1 : undefined,
    network: unless(network, defaults.network),
    pair: unless(pair.map((body) => body + 1).join(), defaults.pair.map((body) => body + 1).join()),
    frame: showsPair ? 1 : undefined,
    axes: unless(form, defaults.form),
    speed: unless(speed, defaults.speed),
    at: paused,
  });
}

/** Whether two settings are of the same system. */
export const isSameSystem = (a: BodiesChoice | undefined, b: BodiesChoice): boolean =>
  a?.kind === b.kind && a.bodies === b.bodies && a.seed === b.seed;

export const choiceOf = ({ kind, bodies, seed }: BodiesChoice): BodiesChoice => ({ kind, bodies, seed });

/** What the network is asked. */
export const questionOf = (settings: Settings): Question => {
  const { turn, isMirrored, network } = settings;
  return { choice: choiceOf(settings), pose: { turn, isMirrored }, network };
};

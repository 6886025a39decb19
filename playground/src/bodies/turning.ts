import { Quaternion, type Vector3 } from 'three';
import type { Pose } from '../engine/bodies-types.js';
import type { Stage } from '../scene/stage.js';

/** One press of a key or button. */
const STEP = Math.PI / 18;
const PER_PIXEL = 0.008;
/** A press that moves less than this is a click. */
const CLICK = 5;

/** The ways to turn by a key or button, as seen: [towards the right, towards the viewer from above, clockwise]. */
export const turns = {
  left: [-1, 0, 0],
  right: [1, 0, 0],
  up: [0, -1, 0],
  down: [0, 1, 0],
  anticlockwise: [0, 0, -1],
  clockwise: [0, 0, 1],
} as const;
export type Turn = keyof typeof turns;

const keys: Readonly<Record<string, Turn>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageUp: 'anticlockwise',
  PageDown: 'clockwise',
};

/** The address holds what is shown: no more digits than these. */
const rounded = (x: number): number => Number(x.toFixed(4));

/** A pose turned further about the axes of the view, by angles. */
export function turned<P extends Pose>({ camera }: Stage, pose: P, [right, down, clockwise]: readonly number[]): P {
  const axis = (column: number): Vector3 => camera.position.clone().setFromMatrixColumn(camera.matrixWorld, column);
  const [w, x, y, z] = pose.turn;
  const now = new Quaternion(x, y, z, w);
  for (const [column, angle] of [right, down, -clockwise].entries()) {
    now.premultiply(new Quaternion().setFromAxisAngle(axis([1, 0, 2][column]), angle));
  }
  const { w: real, x: i, y: j, z: k } = now.normalize();
  return { ...pose, turn: [real, i, j, k].map(rounded) };
}

/** A pose turned by one step. */
export const turnedBy = <P extends Pose>(stage: Stage, pose: P, turn: Turn): P =>
  turned(
    stage,
    pose,
    turns[turn].map((part) => part * STEP),
  );

/** The mirror image of a pose, left for right: of its rotation, the axis is mirrored as a pseudo-vector. */
export function mirrored<P extends Pose>(pose: P): P {
  const [w, x, y, z] = pose.turn;
  return { ...pose, turn: [w, x, -y || 0, -z || 0], isMirrored: !pose.isMirrored };
}

/** What the hand does on the canvas. */
export interface Handlers {
  /** Angles towards the right and towards the viewer. */
  drag(right: number, down: number): void;
  /** A click, in pixels from the upper left corner of the window. */
  click(event: PointerEvent): void;
  turn(turn: Turn): void;
  playPause(): void;
}

/**
 * Takes the canvas for turning the system instead of the camera: drags and arrow keys turn, the space bar plays.
 * @returns what gives it back
 */
export function takeStage({ canvas, controls }: Stage, handlers: Handlers): () => void {
  const ended = new AbortController();
  listen(canvas, handlers, ended.signal);
  const [canRotate, canPan] = [controls.enableRotate, controls.enablePan];
  controls.enableRotate = false;
  controls.enablePan = false;
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  return () => {
    ended.abort();
    controls.enableRotate = canRotate;
    controls.enablePan = canPan;
    canvas.removeAttribute('tabindex');
  };
}

function listen(canvas: HTMLCanvasElement, handlers: Handlers, signal: AbortSignal): void {
  let from: { readonly id: number; readonly x: number; readonly y: number; readonly moved: number } | undefined;
  const down = (event: PointerEvent): void => {
    from = event.isPrimary && event.button === 0 ? startOf(event, 0) : undefined;
  };
  const move = (event: PointerEvent): void => {
    if (from?.id !== event.pointerId) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    from = startOf(event, from.moved + Math.hypot(dx, dy));
    if (from.moved > CLICK) handlers.drag(dx * PER_PIXEL, dy * PER_PIXEL);
  };
  const up = (event: PointerEvent): void => {
    if (from?.id !== event.pointerId) return;
    if (from.moved <= CLICK) handlers.click(event);
    from = undefined;
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === ' ') handlers.playPause();
    else if (event.key in keys) handlers.turn(keys[event.key]);
    else return;
    event.preventDefault();
  };
  canvas.addEventListener('pointerdown', down, { signal });
  canvas.addEventListener('pointermove', move, { signal });
  canvas.addEventListener('pointerup', up, { signal });
  canvas.addEventListener('keydown', key, { signal });
}

const startOf = ({ pointerId: id, clientX: x, clientY: y }: PointerEvent, moved: number) => ({ id, x, y, moved });

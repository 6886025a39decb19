import { type Html, html, withScript } from './html.js';
import { DISTANCE, type Point3, project, type Rotation, viewRotation } from './projection.js';
import { rotateScript } from './rotate-script.js';

/** A ball in space. */
export interface Mark {
  readonly at: Point3;
  /** In the unit of the picture, which is {@link PICTURE} wide. */
  readonly radius: number;
  readonly className: string;
  /** Shown under the pointer. */
  readonly title?: string;
}

/** A line in space through two or more points. */
export interface Wire {
  readonly through: readonly Point3[];
  readonly className: string;
  /** Balls in front of the line cover it, those behind do not; by default all balls cover all lines. */
  readonly amongMarks?: boolean;
}

export interface Scene {
  /** What a screen reader says. */
  readonly label: string;
  readonly marks: readonly Mark[];
  readonly wires: readonly Wire[];
  /** A cube around everything that shows how the picture is turned; true by default. */
  readonly cage?: boolean;
}

/** Width and height of the picture. */
const PICTURE = 480;
/** How large a ball around everything is drawn. */
const REACH = 195;

/** What is drawn first, whatever its depth, which is between −1 and 1. */
const LAYERS = { cage: -20, wire: -10, mark: 0 } as const;

/** The first view: from a little above, turned to the side. */
const FIRST_VIEW = viewRotation(-0.55, 0.38);

/**
 * A scene in perspective, as an SVG that can be turned and zoomed by pointer and keys, and is a still picture without
 * scripts and on paper. Every element keeps its place in space (`data-at`), which the script projects again.
 */
export function scatter3d({ label, marks, wires, cage = true }: Scene): Html {
  const place = normalizer([...marks.map(({ at }) => at), ...wires.flatMap(({ through }) => through)]);
  const drawn = [
    ...(cage ? CAGE : []).map((through) => wireMarkup({ through, className: 'cage' }, 'cage', FIRST_VIEW)),
    ...wires.map(({ through, className, amongMarks }) =>
      wireMarkup({ through: through.map(place), className }, amongMarks ? 'mark' : 'wire', FIRST_VIEW),
    ),
    ...marks.map((mark) => markMarkup({ ...mark, at: place(mark.at) }, FIRST_VIEW)),
  ];
  const sorted = drawn.sort((a, b) => a.depth - b.depth).map(({ markup }) => markup);
  const half = PICTURE / 2;
  const svg = html`<svg class="space" viewBox="${-half} ${-half} ${PICTURE} ${PICTURE}" role="img" aria-label="${label}" tabindex="0" data-reach="${REACH}" data-distance="${DISTANCE}" data-view="${FIRST_VIEW.join(' ')}">${sorted}</svg>`;
  return withScript(svg, rotateScript);
}

interface Drawn {
  readonly depth: number;
  readonly markup: Html;
}

function markMarkup({ at, radius, className, title }: Mark, view: Rotation): Drawn {
  const { x, y, depth, scale } = project(at, view);
  const [cx, cy, r] = [REACH * x, REACH * y, radius * scale].map((value) => value.toFixed(1));
  const tip = title && html`<title>${title}</title>`;
  const markup = html`<circle class="${className}" data-at="${coordinates([at])}" data-layer="${LAYERS.mark}" data-radius="${radius}" cx="${cx}" cy="${cy}" r="${r}">${tip}</circle>`;
  return { depth, markup };
}

function wireMarkup({ through, className }: Wire, layer: keyof typeof LAYERS, view: Rotation): Drawn {
  const projected = through.map((at) => project(at, view));
  const points = projected.map(({ x, y }) => `${(REACH * x).toFixed(1)},${(REACH * y).toFixed(1)}`).join(' ');
  const depth = projected.reduce((sum, point) => sum + point.depth, 0) / projected.length;
  return {
    depth: LAYERS[layer] + depth,
    markup: html`<polyline class="${className}" data-layer="${LAYERS[layer]}" data-at="${coordinates(through)}" points="${points}"/>`,
  };
}

const coordinates = (points: readonly Point3[]): string => points.flatMap((point) => point.map(short)).join(' ');
const short = (value: number): string => String(Math.round(value * 1e4) / 1e4);

/** Puts the middle of all points at the origin and the farthest at distance 1. */
function normalizer(points: readonly Point3[]): (point: Point3) => Point3 {
  const middle = [0, 1, 2].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / (points.length || 1));
  const reach = Math.max(
    1e-9,
    ...points.map((point) => Math.hypot(...point.map((value, axis) => value - middle[axis]))),
  );
  return ([x, y, z]) => [(x - middle[0]) / reach, (y - middle[1]) / reach, (z - middle[2]) / reach];
}

/** The twelve edges of a cube whose corners lie on the unit sphere: they show how the picture is turned. */
const CAGE: readonly (readonly Point3[])[] = [0, 1, 2].flatMap((axis) =>
  [-1, 1].flatMap((u) =>
    [-1, 1].map((v) =>
      [-1, 1].map((w): Point3 => {
        const corner = [w, u, v].map((sign) => sign / Math.sqrt(3));
        return [corner[(3 - axis) % 3], corner[(4 - axis) % 3], corner[(5 - axis) % 3]];
      }),
    ),
  ),
);

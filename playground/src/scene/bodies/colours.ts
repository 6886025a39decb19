import { Color } from 'three';

/** What things of a system are drawn in; `bodies.css` gives the colours, for light and for dark. */
export const paints = [
  'plus',
  'minus',
  'predicted',
  'followed',
  'truth',
  'straight',
  'axis-a',
  'axis-b',
  'axis-c',
  'field',
  'line',
  'card',
  'ink',
] as const;
export type Paint = (typeof paints)[number];

export type Palette = Readonly<Record<Paint, Color>>;

/** The colours as they are at an element now. A probe resolves `light-dark()`, which a variable alone does not. */
export function paletteAt(place: HTMLElement): Palette {
  const probe = document.createElement('span');
  place.append(probe);
  const entries = paints.map((paint) => {
    probe.style.color = `var(--${paint})`;
    return [paint, new Color(getComputedStyle(probe).color)] as const;
  });
  probe.remove();
  return Object.fromEntries(entries) as Record<Paint, Color>;
}

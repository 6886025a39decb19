import { element } from '../shell/dom.js';

/** A measured number in three digits. */
export const short = (x: number): string =>
  x !== 0 && (Math.abs(x) < 1e-3 || Math.abs(x) >= 1e4)
    ? x.toExponential(1).replace('-', '−')
    : signed(x.toPrecision(3));

/** A coordinate. */
export const coordinate = (x: number, digits = 4): string => signed(x.toFixed(digits));

/** With the sign that is as wide as a plus, and none before a zero. */
const signed = (text: string): string => (Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−'));

/** Text in which `x_i` is an x with the index i. */
export const withIndices = (text: string): (string | Node)[] =>
  text.split(/(_[ij])/).map((part) => (part.startsWith('_') ? element('sub', {}, [part.slice(1)]) : part));

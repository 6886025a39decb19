import { elementNumber } from '../elements.js';
import { SmilesError } from './error.js';

/** An atom as a SMILES writes it. */
export interface AtomToken {
  readonly kind: 'atom';
  readonly position: number;
  readonly atomicNumber: number;
  readonly isAromatic: boolean;
  readonly charge: number;
  /** Undefined outside of brackets: as many as the valence leaves room for. */
  readonly hydrogens: number | undefined;
  /** `@`: the other neighbours run counterclockwise, seen from the first. */
  readonly chirality: '@' | '@@' | undefined;
}

export type BondSymbol = '-' | '=' | '#' | ':' | '/' | '\\';

export type Token =
  | AtomToken
  | { readonly kind: 'bond'; readonly position: number; readonly symbol: BondSymbol }
  | { readonly kind: 'ring'; readonly position: number; readonly digit: number }
  | { readonly kind: 'open' | 'close' | 'dot'; readonly position: number };

const ORGANIC = /^(Cl|Br|[BCNOPSFI]|[bcnops])/;
const BRACKET =
  /^\[(?<isotope>\d{0,3})(?<symbol>\*|[A-Z][a-z]?|[a-z]{1,2})(?<chirality>@@|@[A-Z]{2}\d{1,2}|@)?(?<hydrogens>H\d?)?(?<charge>[+-]\d|\+{1,9}|-{1,9})?(?::\d{1,5})?\]/;
const AROMATIC_SYMBOLS = ['b', 'c', 'n', 'o', 'p', 's', 'si', 'as', 'se', 'te'];
const HINTS: Readonly<Record<string, string>> = {
  '*': 'wildcard atoms are not supported; write the element',
  '%': 'two digits belong after %, as in %12',
  '~': 'this is SMARTS; write a bond: - = # :',
  '>': 'this is a reaction; give its molecules one at a time',
  $: 'quadruple bonds are not supported; write = or #',
  ']': 'no bracket is open; take this away',
  '|': 'extensions (CXSMILES) are not read; take them away',
};

/** Cuts a SMILES into its parts (OpenSMILES 1.0). @throws SmilesError for what is no part of one */
export function smilesTokens(text: string): Token[] {
  const tokens: Token[] = [];
  for (let position = 0; position < text.length; ) {
    const { token, length } = tokenAt(text, position);
    tokens.push(token);
    position += length;
  }
  return tokens;
}

function tokenAt(text: string, position: number): { token: Token; length: number } {
  const [letter, rest] = [text[position], text.slice(position)];
  const [organic] = ORGANIC.exec(rest) ?? [];
  if (organic !== undefined) return { token: plainAtom(organic, position), length: organic.length };
  if (letter === '[') return bracketAtom(text, position);
  if (letter === '(') return { token: { kind: 'open', position }, length: 1 };
  if (letter === ')') return { token: { kind: 'close', position }, length: 1 };
  if (letter === '.') return { token: { kind: 'dot', position }, length: 1 };
  if (isBondSymbol(letter)) return { token: { kind: 'bond', position, symbol: letter }, length: 1 };
  const [ring, , one, two, more] = /^(([0-9])|%([0-9]{2})|%\(([0-9]{1,5})\))/.exec(rest) ?? [];
  if (ring !== undefined) {
    const digit = Number(one ?? two ?? more);
    return { token: { kind: 'ring', position, digit }, length: ring.length };
  }
  throw unreadable(text, position);
}

const isBondSymbol = (letter: string): letter is BondSymbol => '-=#:/\\'.includes(letter);

function unreadable(text: string, position: number): SmilesError {
  const letter = text[position];
  // The N of Na has been read by now.
  for (const start of [position - 1, position]) {
    const [symbol] = /^[A-Z][a-z]?/.exec(text.slice(Math.max(0, start))) ?? [];
    if (symbol === undefined || elementNumber(symbol) === undefined) continue;
    if (start + symbol.length <= position) continue;
    return new SmilesError(
      text,
      start,
      `the element ${symbol} must stand in brackets, with its hydrogens: [${symbol}]`,
    );
  }
  return new SmilesError(text, position, hintFor(letter));
}

function hintFor(letter: string): string {
  if (/\s/.test(letter)) return 'a SMILES has no blanks; take this away';
  if (/[A-Z]/.test(letter)) return 'no element has this symbol';
  return HINTS[letter] ?? 'this is no part of a SMILES; take it away';
}

function plainAtom(symbol: string, position: number): AtomToken {
  return {
    kind: 'atom',
    position,
    atomicNumber: elementNumber(symbol) ?? 0,
    isAromatic: /[a-z]/.test(symbol[0]),
    charge: 0,
    hydrogens: undefined,
    chirality: undefined,
  };
}

function bracketAtom(text: string, position: number): { token: AtomToken; length: number } {
  const match = BRACKET.exec(text.slice(position));
  if (!match) throw badBracket(text, position);
  const { isotope, symbol, chirality, hydrogens, charge } = match.groups ?? {};
  const at = position + 1 + isotope.length;
  const token: AtomToken = {
    kind: 'atom',
    position,
    atomicNumber: elementOf(text, at, symbol),
    isAromatic: /[a-z]/.test(symbol[0]),
    charge: chargeOf(charge),
    hydrogens: hydrogens === undefined ? 0 : Number(hydrogens.slice(1) || 1),
    chirality: chiralityOf(text, at + symbol.length, chirality),
  };
  return { token, length: match[0].length };
}

function badBracket(text: string, position: number): SmilesError {
  const end = text.indexOf(']', position);
  const next = text.indexOf('[', position + 1);
  if (end < 0 || (next >= 0 && next < end)) {
    return new SmilesError(text, position, 'this bracket is never closed; add ] after the atom');
  }
  const form = 'isotope, symbol, @ or @@, hydrogens, charge, as in [13C@@H] or [NH4+]';
  return new SmilesError(text, position, `this bracket cannot be read; what goes in, in this order, is ${form}`);
}

function elementOf(text: string, position: number, symbol: string): number {
  const number = elementNumber(symbol);
  const isKnown = number !== undefined && (/[A-Z]/.test(symbol[0]) || AROMATIC_SYMBOLS.includes(symbol));
  if (isKnown) return number;
  const hint =
    HINTS[symbol] ?? (number === undefined ? 'no element has this symbol' : 'this element is never aromatic');
  throw new SmilesError(text, position, hint);
}

function chargeOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const sign = text.startsWith('+') ? 1 : -1;
  return /\d/.test(text) ? Number(text) : sign * text.length;
}

function chiralityOf(text: string, position: number, mark: string | undefined): AtomToken['chirality'] {
  if (mark === undefined || mark === '@' || mark === '@@') return mark;
  if (mark === '@TH1' || mark === '@TH2') return mark === '@TH1' ? '@' : '@@';
  throw new SmilesError(text, position, `only tetrahedral stereo is known: write @ or @@ instead of ${mark}`);
}

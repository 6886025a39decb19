import { SmilesError } from './error.js';
import { type AtomToken, type BondSymbol, smilesTokens, type Token } from './tokens.js';

/** A bond as a SMILES writes it, in the direction of the text. */
export interface SmilesBond {
  readonly from: number;
  readonly to: number;
  /** Undefined where nothing is written. */
  readonly symbol: BondSymbol | undefined;
  readonly position: number;
  /** Whether it is written as a pair of ring numbers. */
  readonly isRingBond: boolean;
}

/** The graph that a SMILES spells. */
export interface SmilesGraph {
  readonly text: string;
  readonly atoms: readonly AtomToken[];
  readonly bonds: readonly SmilesBond[];
  /** The bonds of each atom in the order in which the text names them. */
  readonly order: readonly (readonly number[])[];
}

interface RingOpening {
  readonly atom: number;
  readonly position: number;
  readonly bond: Pick<SmilesBond, 'symbol' | 'position'> | undefined;
  /** Its place among the atom's bonds. */
  readonly place: number;
}

/** @throws SmilesError for what is no SMILES */
export function smilesGraph(text: string): SmilesGraph {
  const builder = new GraphBuilder(text);
  for (const token of smilesTokens(text)) builder.take(token);
  return builder.finish();
}

class GraphBuilder {
  readonly #text: string;
  readonly #atoms: AtomToken[] = [];
  readonly #bonds: SmilesBond[] = [];
  readonly #order: number[][] = [];
  readonly #openRings = new Map<number, RingOpening>();
  /** The atom that each open branch hangs on, and where it was opened. */
  readonly #branches: { readonly atom: number; readonly position: number; readonly size: number }[] = [];
  /** The atom that the next one is bonded to. */
  #previous: number | undefined;
  #bond: { readonly symbol: BondSymbol; readonly position: number } | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  take(token: Token): void {
    if (token.kind === 'atom') this.#addAtom(token);
    else if (token.kind === 'bond') this.#setBond(token);
    else if (token.kind === 'ring') this.#ring(token.digit, token.position);
    else {
      this.#requireNoBond(token.position);
      if (token.kind === 'open') this.#openBranch(token.position);
      else if (token.kind === 'close') this.#closeBranch(token.position);
      else this.#previous = undefined;
    }
  }

  finish(): SmilesGraph {
    const text = this.#text;
    this.#requireNoBond(text.length);
    const branch = this.#branches.at(-1);
    if (branch) throw this.#error(branch.position, 'this branch is never closed; add )');
    const [open] = this.#openRings.values();
    if (open) {
      throw this.#error(
        open.position,
        'this ring is never closed; write the same number after the atom that closes it',
      );
    }
    return { text, atoms: this.#atoms, bonds: this.#bonds, order: this.#order };
  }

  #error(position: number, problem: string): SmilesError {
    return new SmilesError(this.#text, position, problem);
  }

  #addAtom(token: AtomToken): void {
    const atom = this.#atoms.push(token) - 1;
    this.#order.push([]);
    if (this.#previous !== undefined) {
      const { symbol, position } = this.#bond ?? { symbol: undefined, position: token.position };
      const bond = this.#bonds.push({ from: this.#previous, to: atom, symbol, position, isRingBond: false }) - 1;
      this.#order[this.#previous].push(bond);
      this.#order[atom].push(bond);
    } else this.#requireNoBond(token.position);
    this.#bond = undefined;
    this.#previous = atom;
  }

  #setBond({ symbol, position }: Extract<Token, { kind: 'bond' }>): void {
    if (this.#bond) throw this.#error(position, 'two bonds in a row; remove one');
    if (this.#previous === undefined) throw this.#error(position, 'a bond needs an atom before it');
    this.#bond = { symbol, position };
  }

  #requireNoBond(position: number): void {
    if (!this.#bond) return;
    throw this.#error(Math.min(position, this.#bond.position), 'no atom follows this bond; add one or remove the bond');
  }

  #openBranch(position: number): void {
    if (this.#previous === undefined) throw this.#error(position, 'a branch needs an atom before it');
    this.#branches.push({ atom: this.#previous, position, size: this.#atoms.length });
  }

  #closeBranch(position: number): void {
    const branch = this.#branches.pop();
    if (!branch) throw this.#error(position, 'no branch is open here; remove this or add ( before');
    if (branch.size === this.#atoms.length) throw this.#error(position, 'this branch is empty; put an atom into it');
    this.#previous = branch.atom;
  }

  #ring(digit: number, position: number): void {
    const atom = this.#previous;
    if (atom === undefined) throw this.#error(position, 'a ring number needs an atom before it');
    const bond = this.#bond;
    this.#bond = undefined;
    const open = this.#openRings.get(digit);
    if (!open) {
      const place = this.#order[atom].push(-1) - 1;
      this.#openRings.set(digit, { atom, position, bond, place });
      return;
    }
    this.#openRings.delete(digit);
    this.#closeRing(open, { atom, position, bond, place: -1 });
  }

  #closeRing(open: RingOpening, close: RingOpening): void {
    const { atom } = close;
    if (open.atom === atom) throw this.#error(close.position, 'this ring closes at the atom where it begins');
    const isDouble = this.#bonds.some(
      ({ from, to }) => (from === atom && to === open.atom) || (from === open.atom && to === atom),
    );
    if (isDouble) throw this.#error(close.position, 'these two atoms are bonded already; use another ring number');
    const made = this.#bonds.push(this.#ringBond(open, close)) - 1;
    this.#order[open.atom][open.place] = made;
    this.#order[atom].push(made);
  }

  /** The symbol may stand at either end, or at both if they agree; a direction is turned round between them. */
  #ringBond(open: RingOpening, close: RingOpening): SmilesBond {
    const first = open.bond?.symbol;
    const second = reversed(close.bond?.symbol);
    const position = (close.bond ?? open.bond)?.position ?? close.position;
    const symbol = first === '-' ? (second ?? first) : (first ?? second);
    const isKept = (other: BondSymbol | undefined): boolean =>
      other === undefined || other === symbol || (other === '-' && (symbol === '/' || symbol === '\\'));
    if (!isKept(first) || !isKept(second)) {
      throw this.#error(position, 'the bond symbols at the two ends of this ring bond differ');
    }
    return { from: open.atom, to: close.atom, symbol, position, isRingBond: true };
  }
}

const reversed = (symbol: BondSymbol | undefined): BondSymbol | undefined =>
  symbol === '/' ? '\\' : symbol === '\\' ? '/' : symbol;

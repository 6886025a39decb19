import { type Configuration, type Skeleton, skeletonOf } from '../bond-graph/skeleton.js';
import { elementSymbol } from '../elements.js';
import { AROMATIC } from '../perception/kekulize.js';
import { hydrogensToFill } from '../perception/valence.js';
import { handFor } from '../stereo/stereo-signs.js';
import { canonicalOrder } from '../symmetry/canonical-order.js';
import { type Arm, directionMarks, type MarkedBond } from './marks.js';
import { type SmilesTree, smilesTree, type TextBond, textPlaces } from './tree.js';

interface Draft {
  readonly molecule: Configuration;
  readonly skeleton: Skeleton;
  readonly tree: SmilesTree;
}

/** A molecule on its way into text. */
interface Writing extends Draft {
  /** Bonds to hydrogens that are written as atoms, by the skeleton atom they are on. */
  readonly shown: ReadonlyMap<number, Arm>;
  /** `/` (1) or `\` (−1) on bonds. */
  readonly marks: ReadonlyMap<number, number>;
  /** Numbers of ring closures that are in use, by bond. */
  readonly digits: Map<number, number>;
}

/** What may stand without brackets. */
const ORGANIC = ['B', 'C', 'N', 'O', 'P', 'S', 'F', 'Cl', 'Br', 'I'];

/** The canonical SMILES of a molecule: the same text for the same molecule, however it is numbered. */
export function writeSmiles(molecule: Configuration): string {
  const skeleton = skeletonOf(molecule);
  const tree = smilesTree(skeleton, canonicalOrder(molecule).ranks);
  const draft = { molecule, skeleton, tree, digits: new Map<number, number>() };
  const few = shownHydrogens(draft, 'few');
  const marks = directionMarks(bondsToMark(draft, few));
  if (marks) return writeRoot({ ...draft, shown: few, marks });
  const many = shownHydrogens(draft, 'many');
  // A ring of N=N units alone can have sides that no marks can say.
  return writeRoot({ ...draft, shown: many, marks: directionMarks(bondsToMark(draft, many)) ?? new Map() });
}

/**
 * Hydrogens at ends of stereo bonds: of ends that have nothing else (`few`), or of all (`many`). One stands before the
 * first atom of the text, after any other.
 */
function shownHydrogens({ molecule, skeleton, tree }: Draft, needed: 'few' | 'many'): Map<number, Arm> {
  const ends = new Set(
    molecule.stereoBonds.flatMap(({ side, atoms }) => (side === 'open' ? [] : [atoms[1], atoms[2]])),
  );
  const { begin, end } = molecule.bonds;
  const places = textPlaces(tree);
  const shown = new Map<number, Arm>();
  begin.forEach((from, bond) => {
    if (end[bond] < skeleton.size || !ends.has(from)) return;
    if (needed === 'few' && skeleton.links[from].length > 1) return;
    const isFirst = from === tree.root;
    const [first, last] = isFirst ? [end[bond], from] : [from, end[bond]];
    shown.set(from, { bond, from: first, to: last, place: isFirst ? 0 : places[from] + 0.6 });
  });
  return shown;
}

/** The stereo bonds whose sides are known with the bonds beside them, in the order of the text. */
function bondsToMark({ molecule, skeleton, tree }: Draft, shown: ReadonlyMap<number, Arm>): MarkedBond[] {
  const places = textPlaces(tree);
  const arms = (end: number, other: number): Arm[] => {
    const hydrogen = shown.get(end);
    const heavy = skeleton.links[end]
      .filter(({ atom }) => atom !== other)
      .map(({ atom, bond }) => textArm(tree, places, end, atom, bond));
    return hydrogen ? [hydrogen, ...heavy] : heavy;
  };
  return molecule.stereoBonds
    .filter(({ side }) => side !== 'open')
    .map((stereo): MarkedBond => {
      const [, b, c] = stereo.atoms;
      return { stereo, arms: [arms(b, c), arms(c, b)] };
    })
    .sort((p, q) => firstPlace(p, places) - firstPlace(q, places));
}

const firstPlace = ({ stereo }: MarkedBond, places: Int32Array): number =>
  Math.min(places[stereo.atoms[1]], places[stereo.atoms[2]]);

/** A bond as the text has it: the symbol of a ring bond stands where the ring opens. */
function textArm(tree: SmilesTree, places: Int32Array, i: number, j: number, bond: number): Arm {
  const [from, to] = places[i] < places[j] ? [i, j] : [j, i];
  const isRingBond = tree.opens[from].some((open) => open.bond === bond);
  return { bond, from, to, place: isRingBond ? places[from] + 0.5 : places[to] };
}

function writeRoot(writing: Writing): string {
  const { molecule, tree, shown } = writing;
  if (molecule.atomicNumbers[tree.root] === 1)
    return molecule.atomicNumbers.length > 1 ? '[H][H]' : hydrogenAlone(molecule);
  const hydrogen = shown.get(tree.root);
  const text = writeFrom(writing, tree.root, hydrogen?.from);
  return hydrogen ? `[H]${bondSymbol(writing, hydrogen)}${text}` : text;
}

const hydrogenAlone = ({ charges }: Configuration): string => `[H${chargeText(charges[0])}]`;

/** An atom and all that follows it. */
function writeFrom(writing: Writing, atom: number, before: number | undefined): string {
  const { tree, digits, shown } = writing;
  const closes = tree.closes[atom].map((bond) => {
    const digit = digits.get(bond.bond) ?? 0;
    digits.delete(bond.bond);
    return digitText(digit);
  });
  const opens = tree.opens[atom].map((bond) => {
    const digit = firstFree(digits);
    digits.set(bond.bond, digit);
    return bondSymbol(writing, bond) + digitText(digit);
  });
  const hydrogen = atom === tree.root ? undefined : shown.get(atom);
  const branches = [
    ...(hydrogen ? [`${bondSymbol(writing, hydrogen)}[H]`] : []),
    ...tree.children[atom].map((bond) => bondSymbol(writing, bond) + writeFrom(writing, bond.to, atom)),
  ];
  const last = branches.pop() ?? '';
  const side = branches.map((branch) => `(${branch})`).join('');
  return [atomText(writing, atom, before), ...closes, ...opens, side, last].join('');
}

function firstFree(digits: ReadonlyMap<number, number>): number {
  const used = new Set(digits.values());
  let digit = 1;
  while (used.has(digit)) digit++;
  return digit;
}

const digitText = (digit: number): string => (digit < 10 ? String(digit) : `%${digit}`);

function bondSymbol({ molecule, skeleton, marks }: Writing, { bond, from, to }: TextBond): string {
  const mark = marks.get(bond);
  if (mark !== undefined) return mark === 1 ? '/' : '\\';
  const type = molecule.bonds.type[bond];
  if (type === 2) return '=';
  if (type === 3) return '#';
  const isBetweenAromatic = [from, to].every((atom) => atom < skeleton.size && isAromatic(skeleton, atom));
  return type === 1 && isBetweenAromatic ? '-' : '';
}

const isAromatic = ({ links }: Skeleton, atom: number): boolean => links[atom].some(({ type }) => type === AROMATIC);

const chargeText = (charge: number): string => {
  const sign = charge > 0 ? '+' : '-';
  return charge === 0 ? '' : Math.abs(charge) === 1 ? sign : sign + Math.abs(charge);
};

function atomText(writing: Writing, atom: number, before: number | undefined): string {
  const { molecule, skeleton, shown } = writing;
  const [element, charge] = [molecule.atomicNumbers[atom], molecule.charges[atom]];
  const aromatic = isAromatic(skeleton, atom);
  const hydrogens = skeleton.hydrogens[atom] - (shown.has(atom) ? 1 : 0);
  const orders = skeleton.links[atom].map(({ type }) => (type === AROMATIC ? 1 : type));
  const taken = orders.reduce((sum, order) => sum + order, shown.has(atom) ? 1 : 0);
  const symbol = aromatic ? elementSymbol(element).toLowerCase() : elementSymbol(element);
  const hand = chirality(writing, atom, before);
  const isPlain = charge === 0 && hand === '' && ORGANIC.includes(elementSymbol(element));
  if (isPlain && hydrogensToFill(element, charge, taken, aromatic) === hydrogens) return symbol;
  const count = hydrogens === 0 ? '' : hydrogens === 1 ? 'H' : `H${hydrogens}`;
  return `[${symbol}${hand}${count}${chargeText(charge)}]`;
}

/** `@` where the neighbours after the first one run counterclockwise, seen from it; `@@` clockwise. */
function chirality({ molecule, skeleton, tree }: Writing, atom: number, before: number | undefined): string {
  const centre = molecule.centres.find((one) => one.atom === atom && one.hand !== 0);
  if (!centre) return '';
  const written = [
    ...(before === undefined ? [] : [before]),
    ...tree.closes[atom].map(({ from }) => from),
    ...tree.opens[atom].map(({ to }) => to),
    ...tree.children[atom].map(({ to }) => to),
  ];
  // A hydrogen follows the atom before; the centre itself, for a lone pair, follows the first neighbour of all.
  const unwritten = centre.around.filter((other) => other >= skeleton.size || other === atom);
  const order = written.toSpliced(before !== undefined || unwritten[0] === atom ? 1 : 0, 0, ...unwritten);
  return handFor(centre, order) === 1 ? '@' : '@@';
}

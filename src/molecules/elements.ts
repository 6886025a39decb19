/** The symbols of the elements in the order of their numbers, from hydrogen on. */
const SYMBOLS =
  'H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og'.split(
    ' ',
  );

const NUMBERS = new Map(SYMBOLS.map((symbol, k) => [symbol, k + 1]));

/** `6` is `C`; `X` for what is no element. */
export const elementSymbol = (atomicNumber: number): string => SYMBOLS[atomicNumber - 1] ?? 'X';

/** `C` is 6, in any case of letters; undefined for what is no element. */
export const elementNumber = (symbol: string): number | undefined =>
  NUMBERS.get(symbol.charAt(0).toUpperCase() + symbol.slice(1).toLowerCase());

/** `C4`, the fourth atom: people count atoms from 1, as SDF files do; code from 0. */
export const atomName = (atomicNumbers: ArrayLike<number>, atom: number): string =>
  `${elementSymbol(atomicNumbers[atom])}${atom + 1}`;

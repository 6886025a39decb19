/** Covalent radii in ångström from hydrogen to xenon for single bonds (Pyykkö and Atsumi, Chem. Eur. J. 2009, 15, 186). */
const SINGLE = [
  0.32, 0.46, 1.33, 1.02, 0.85, 0.75, 0.71, 0.63, 0.64, 0.67, 1.55, 1.39, 1.26, 1.16, 1.11, 1.03, 0.99, 0.96, 1.96,
  1.71, 1.48, 1.36, 1.34, 1.22, 1.19, 1.16, 1.11, 1.1, 1.12, 1.18, 1.24, 1.21, 1.21, 1.16, 1.14, 1.17, 2.1, 1.85, 1.63,
  1.54, 1.47, 1.38, 1.28, 1.25, 1.25, 1.2, 1.28, 1.36, 1.42, 1.4, 1.4, 1.36, 1.33, 1.31,
];

/** For double and triple bonds (Pyykkö and Atsumi, Chem. Eur. J. 2009, 15, 12770; the single radius of hydrogen). */
const MULTIPLE: Readonly<Record<number, readonly [number, number]>> = {
  1: [0.32, 0.32],
  3: [1.24, 1.24],
  4: [0.9, 0.85],
  5: [0.78, 0.73],
  6: [0.67, 0.6],
  7: [0.6, 0.54],
  8: [0.57, 0.53],
  9: [0.59, 0.53],
  11: [1.6, 1.6],
  12: [1.32, 1.27],
  13: [1.13, 1.11],
  14: [1.07, 1.02],
  15: [1.02, 0.94],
  16: [0.94, 0.95],
  17: [0.95, 0.93],
  19: [1.93, 1.93],
  20: [1.47, 1.33],
  30: [1.2, 1.2],
  32: [1.11, 1.14],
  33: [1.14, 1.06],
  34: [1.07, 1.07],
  35: [1.09, 1.1],
  50: [1.3, 1.32],
  51: [1.33, 1.27],
  52: [1.28, 1.21],
  53: [1.29, 1.25],
};

/** Of elements above xenon. */
const LARGE = 1.4;
/** How much shorter multiple bonds are where no radius is known for them. */
const SHORTER = [0.1, 0.15] as const;

/** The covalent radius of an element in ångström, in single, double or triple bonds; 1.4 for single ones above xenon. */
export function covalentRadius(atomicNumber: number, order: 1 | 2 | 3 = 1): number {
  const single = SINGLE[atomicNumber - 1] ?? LARGE;
  if (order === 1) return single;
  return MULTIPLE[atomicNumber]?.[order - 2] ?? single - SHORTER[order - 2];
}

/**
 * Van der Waals radii in ångström of the main groups (Mantina et al. 2009, J. Phys. Chem. A 113, 5806, which keeps those
 * of Bondi 1964 where he gives any).
 */
const RADII: Readonly<Record<number, number>> = {
  1: 1.1,
  2: 1.4,
  3: 1.81,
  4: 1.53,
  5: 1.92,
  6: 1.7,
  7: 1.55,
  8: 1.52,
  9: 1.47,
  10: 1.54,
  11: 2.27,
  12: 1.73,
  13: 1.84,
  14: 2.1,
  15: 1.8,
  16: 1.8,
  17: 1.75,
  18: 1.88,
  19: 2.75,
  20: 2.31,
  31: 1.87,
  32: 2.11,
  33: 1.85,
  34: 1.9,
  35: 1.83,
  36: 2.02,
  37: 3.03,
  38: 2.49,
  49: 1.93,
  50: 2.17,
  51: 2.06,
  52: 2.06,
  53: 1.98,
  54: 2.16,
};

/** The van der Waals radius of an element in ångström; 2 for what is not in the table, the transition metals. */
export const vanDerWaalsRadius = (atomicNumber: number): number => RADII[atomicNumber] ?? 2;

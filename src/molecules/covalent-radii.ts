/**
 * Covalent radii in ångström from hydrogen to xenon, those of RDKit 2022.09 (from the Blue Obelisk data repository).
 * Phosphorus is 1.05 and not .75 there, with which the bonds of phosphines would not count as bonds.
 */
const RADII = [
  0.23, 0.93, 0.68, 0.35, 0.83, 0.68, 0.68, 0.68, 0.64, 1.12, 0.97, 1.1, 1.35, 1.2, 1.05, 1.02, 0.99, 1.57, 1.33, 0.99,
  1.44, 1.47, 1.33, 1.35, 1.35, 1.34, 1.33, 1.5, 1.52, 1.45, 1.22, 1.17, 1.21, 1.22, 1.21, 1.91, 1.47, 1.12, 1.78, 1.56,
  1.48, 1.47, 1.35, 1.4, 1.45, 1.5, 1.59, 1.69, 1.63, 1.46, 1.46, 1.47, 1.4, 1.98,
];

/** The covalent radius of an element in ångström; 1.5 for those above xenon. */
export const covalentRadius = (atomicNumber: number): number => RADII[atomicNumber - 1] ?? 1.5;

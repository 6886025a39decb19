/** Covalent radii in ångström from hydrogen to xenon (Cordero et al., Dalton Trans. 2008, 2832; metals of low spin). */
const RADII = [
  0.31, 0.28, 1.28, 0.96, 0.84, 0.76, 0.71, 0.66, 0.57, 0.58, 1.66, 1.41, 1.21, 1.11, 1.07, 1.05, 1.02, 1.06, 2.03,
  1.76, 1.7, 1.6, 1.53, 1.39, 1.39, 1.32, 1.26, 1.24, 1.32, 1.22, 1.22, 1.2, 1.19, 1.2, 1.2, 1.16, 2.2, 1.95, 1.9, 1.75,
  1.64, 1.54, 1.47, 1.46, 1.42, 1.39, 1.45, 1.44, 1.42, 1.39, 1.39, 1.38, 1.39, 1.4,
];

/** The covalent radius of an element in ångström; 1.6 for those above xenon. */
export const covalentRadius = (atomicNumber: number): number => RADII[atomicNumber - 1] ?? 1.6;

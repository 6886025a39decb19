import { elementNumber } from './elements.js';

/**
 * By atomic number, from hydrogen on: the standard atomic weights of IUPAC (Prohaska et al. 2022), where they are
 * intervals the conventional ones; for elements without one, the mass number of the isotope that lives longest.
 */
const WEIGHTS = `
1.008 4.002602 6.94 9.0121831 10.81 12.011 14.007 15.999 18.998403162 20.1797
22.98976928 24.305 26.9815384 28.085 30.973761998 32.06 35.45 39.95
39.0983 40.078 44.955907 47.867 50.9415 51.9961 54.938043 55.845 58.933194 58.6934 63.546 65.38 69.723 72.63 74.921595
78.971 79.904 83.798
85.4678 87.62 88.905838 91.224 92.90637 95.95 97 101.07 102.90549 106.42 107.8682 112.414 114.818 118.71 121.76 127.6
126.90447 131.293
132.90545196 137.327 138.90547 140.116 140.90766 144.242 145 150.36 151.964 157.25 158.925354 162.5 164.930329 167.259
168.934219 173.045 174.9668 178.486 180.94788 183.84 186.207 190.23 192.217 195.084 196.96657 200.592 204.38 207.2
208.9804 209 210 222
223 226 227 232.0377 231.03588 238.02891 237 244 243 247 247 251 252 257 258 259 262`
  .trim()
  .split(/\s+/)
  .map(Number);

/** The mass of an element's atoms in unified atomic mass units; undefined for what is no element, and beyond lawrencium. */
export function atomicWeight(symbol: string): number | undefined {
  const number = elementNumber(symbol);
  return number === undefined ? undefined : WEIGHTS[number - 1];
}

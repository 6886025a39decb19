/** 2^27 + 1: splits a double into two halves of 26 bits whose products are exact (Dekker 1971). */
const SPLITTER = 134217729;

/**
 * a · b + c with one rounding, as the processor instruction of that name gives it and JavaScript does not: the exact
 * product and the exact sum as two doubles each (Ogita, Rump, Oishi 2005: "TwoProduct" and "TwoSum"), then the sum of
 * their small parts, rounded to odd so that the last addition rounds as if there had been no other (Boldo and
 * Melquiond 2008).
 *
 * Right to the last bit for magnitudes between 1e-140 and 1e140.
 */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const scaledA = SPLITTER * a;
  const highA = scaledA - (scaledA - a);
  const lowA = a - highA;
  const scaledB = SPLITTER * b;
  const highB = scaledB - (scaledB - b);
  const lowB = b - highB;
  const product = a * b;
  const productError = highA * highB - product + highA * lowB + lowA * highB + lowA * lowB;
  const sum = product + c;
  const back = sum - product;
  const sumError = product - (sum - back) + (c - back);
  return sum + addToOdd(sumError, productError);
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
/** Where the lower half of a double lies in `words`. */
const LOW = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;

/** a + b, exact or, of the two doubles around it, the one whose last bit is 1. */
function addToOdd(a: number, b: number): number {
  const sum = a + b;
  const back = sum - a;
  const error = a - (sum - back) + (b - back);
  double[0] = sum;
  if (error === 0 || (words[LOW] & 1) === 1) return sum;
  // An even last bit: the odd neighbour on the side of the error is one step further from zero, or nearer to it.
  if (error > 0 === sum > 0) words[LOW] |= 1;
  else if (words[LOW]-- === 0) words[1 - LOW]--;
  return double[0];
}

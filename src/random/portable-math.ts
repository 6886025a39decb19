/*
 * Functions that JavaScript leaves to each engine's taste in the last digits, of nothing but arithmetic, which IEEE 754
 * defines to the last bit: every machine and engine gives the same numbers.
 */

const bits = new DataView(new ArrayBuffer(8));
/** ln 2 in two parts. The first ends in zeros, so that its product with any exponent is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** 2²⁷ + 1: splits a double into two halves whose products are exact (Dekker 1971). */
const SPLITTER = 134217729;

/**
 * The natural logarithm of a positive, normal number, to within .52 units in the last place: rounded to the nearest
 * double in all but a few of a thousand cases, as in C libraries. (Node's and Chromium's `Math.log` differ in one case
 * of fourteen.)
 */
export function portableLog(x: number): number {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  let exponent = (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let mantissa = bits.getFloat64(0); // [1, 2)
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  // log m = 2 atanh(s) with s = (m − 1)/(m + 1), |s| < 0.172. All that matters is kept in two doubles, value and rest.
  const difference = mantissa - 1; // exact
  const total = mantissa + 1;
  const totalRest = mantissa - (total - 1);
  const s = difference / total;
  const rest = (remainder(difference, s, total) - s * totalRest) / total;
  const z = s * s + 2 * s * rest;
  const tail = rest + s * z * atanhTail(z);
  const main = exponent * LN2_HIGH; // exact
  const sum = main + 2 * s;
  const sumRest = exponent === 0 ? 0 : 2 * s - (sum - main);
  return sum + (sumRest + (exponent * LN2_LOW + 2 * tail));
}

/** What the double 1/3 lacks of a third. */
const THIRD_REST = 1.850371707708594e-17;

/**
 * x ** (1 / 3) of a positive number, to within .51 units in the last place: a Newton step from `Math.cbrt` to the cube
 * root, from which the power differs since the double 1/3 is a little less than a third.
 */
export function portableThirdPower(x: number): number {
  const root = Math.cbrt(x);
  const square = root * root;
  const error = remainder(x, square, root) + remainder(square, root, root) * root; // x − root³
  return root + (error / (3 * square) - root * Math.log(x) * THIRD_REST);
}

/** a − b·c, whose first digits cancel, without the rounding of b·c. */
function remainder(a: number, b: number, c: number): number {
  const [bHigh, cHigh] = [upperHalf(b), upperHalf(c)];
  const [bLow, cLow] = [b - bHigh, c - cHigh];
  const product = b * c;
  const productRest = bLow * cLow - (product - bHigh * cHigh - bLow * cHigh - bHigh * cLow);
  return a - product - productRest;
}

function upperHalf(a: number): number {
  const scaled = SPLITTER * a;
  return scaled - (scaled - a);
}

/** (atanh(s)/s − 1)/z = 1/3 + z/5 + z²/7 + … for z = s² < 0.03; the first term left out is below 1e-18. */
function atanhTail(z: number): number {
  const tail = 1 / 13 + z * (1 / 15 + z * (1 / 17 + z * (1 / 19 + z * (1 / 21 + z * (1 / 23)))));
  return 1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * tail))));
}

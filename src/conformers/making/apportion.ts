/** Who is given places. */
export interface Claim {
  /** Not negative. */
  readonly weight: number;
  /** How many places it can take. */
  readonly most: number;
}

/**
 * Gives out places in proportion to weights, one after the other to the claim of the largest weight / (2·places + 1)
 * (Webster 1832, Sainte-Laguë 1910); of equal ones to the first. Where all claims are full, places are left.
 * @param firstDivisor stands for the 1 of claims without a place: below 1 more claims get one, above 1 fewer
 * @returns the places of each claim
 */
export function apportion(places: number, claims: readonly Claim[], firstDivisor = 1): number[] {
  const given = claims.map(() => 0);
  const quotientOf = (k: number): number =>
    given[k] < claims[k].most ? claims[k].weight / (given[k] === 0 ? firstDivisor : 2 * given[k] + 1) : -1;
  for (let left = places; left > 0; left--) {
    let best = -1;
    let highest = -1;
    for (let k = 0; k < claims.length; k++) {
      const quotient = quotientOf(k);
      if (quotient > highest) [best, highest] = [k, quotient];
    }
    if (best < 0) break;
    given[best]++;
  }
  return given;
}

/** Milliseconds between two reports. */
const BETWEEN = 250;

/** Counts steps, and now and then tells how many a second. */
export class Pace {
  #since = performance.now();
  #steps = 0;

  step(): void {
    this.#steps++;
  }

  /** Steps a second since the last report; nothing where that was a moment ago. */
  report(): number | undefined {
    const now = performance.now();
    if (now - this.#since < BETWEEN) return undefined;
    const perSecond = (1000 * this.#steps) / (now - this.#since);
    this.#since = now;
    this.#steps = 0;
    return perSecond;
  }
}

/** Places in a barrier's memory. */
const [ARRIVED, ROUND, LENGTH] = [0, 1, 2];
/** The round of a barrier that holds nobody up any more. */
const CANCELLED = -1;

/** Where threads wait until all of them have arrived, round after round. */
export class Barrier {
  readonly memory: SharedArrayBuffer;
  readonly #members: number;
  readonly #places: Int32Array;

  /** @param memory what the barrier of another thread lies in; without it, a new one is made */
  constructor(members: number, memory = new SharedArrayBuffer(LENGTH * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#members = members;
    this.#places = new Int32Array(memory);
  }

  /**
   * Blocks the thread until all members have called this.
   * @returns false once the barrier is cancelled: then some may never come
   */
  arrive(): boolean {
    const places = this.#places;
    const round = Atomics.load(places, ROUND);
    if (round === CANCELLED) return false;
    if (Atomics.add(places, ARRIVED, 1) === this.#members - 1) {
      Atomics.store(places, ARRIVED, 0);
      // Fails where the barrier was cancelled since. Rounds count up to 2³¹ and begin anew.
      Atomics.compareExchange(places, ROUND, round, (round + 1) & 0x7fffffff);
      Atomics.notify(places, ROUND);
    }
    while (Atomics.load(places, ROUND) === round) Atomics.wait(places, ROUND, round);
    return Atomics.load(places, ROUND) !== CANCELLED;
  }

  /** Lets everybody go, now and in future. */
  cancel(): void {
    Atomics.store(this.#places, ROUND, CANCELLED);
    Atomics.notify(this.#places, ROUND);
  }
}

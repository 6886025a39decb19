/** Does one thing a moment after it was last asked for: browsers mind an address that changes at every move. */
export class Later {
  readonly #job: () => void;
  readonly #milliseconds: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(job: () => void, milliseconds: number) {
    this.#job = job;
    this.#milliseconds = milliseconds;
  }

  ask(): void {
    this.cancel();
    this.#timer = setTimeout(() => this.flush(), this.#milliseconds);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Does it now, if it was asked for. */
  flush(): void {
    if (this.#timer === undefined) return;
    this.cancel();
    this.#job();
  }
}

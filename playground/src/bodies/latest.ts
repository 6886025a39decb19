/** Runs one job at a time; of those that come meanwhile, the last one alone. */
export class Latest {
  #isBusy = false;
  #next: (() => Promise<void>) | undefined;

  run(job: () => Promise<void>): void {
    this.#next = job;
    if (!this.#isBusy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let job = this.#take(); job; job = this.#take()) await job();
    this.#isBusy = false;
  }

  #take(): (() => Promise<void>) | undefined {
    const job = this.#next;
    this.#next = undefined;
    return job;
  }
}

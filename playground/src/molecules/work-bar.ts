import type { ConformerSetView, Mistake, MoleculesNews } from '../engine/molecules-types.js';
import { element, messageOf } from '../shell/dom.js';

/** Something long that the engine does, telling of it. */
export type Work = (tell: (news: MoleculesNews) => void) => Promise<ConformerSetView | Mistake | undefined>;

/** Runs one long work at a time: shows how far it is, what went wrong, and the button that stops it. */
export class WorkBar {
  readonly root: HTMLElement;
  readonly #bar = element('progress', { max: 1, 'aria-label': 'Progress' });
  readonly #text = element('span', { class: 'note', role: 'status', 'data-testid': 'progress' });
  readonly #work: HTMLElement;
  readonly #error = element('p', { class: 'error', role: 'alert', 'data-testid': 'error' });
  readonly #cancel: () => void;
  readonly #onChange: () => void;
  /** The number of the work that counts: what others still tell is old. */
  #turn = 0;
  #isBusy = false;

  /** @param cancel stops the engine; @param onChange told when work begins and ends */
  constructor(cancel: () => void, onChange: () => void) {
    this.#cancel = cancel;
    this.#onChange = onChange;
    const stop = element('button', { type: 'button', 'data-testid': 'stop', onclick: cancel }, ['Stop']);
    this.#work = element('div', { class: 'work', hidden: true }, [this.#bar, this.#text, stop]);
    this.root = element('div', {}, [this.#work, this.#error]);
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Does some work, and hands on the conformers that come of it, those of before its end too. */
  async run(work: Work, take: (set: ConformerSetView) => void): Promise<void> {
    const turn = this.#begin();
    try {
      const answer = await work((news) => {
        if (turn !== this.#turn) return;
        if (news.kind === 'progress') this.#tell(news.text, news.share);
        else take(news.set);
      });
      if (turn !== this.#turn) return;
      if (answer && 'error' in answer) this.#error.textContent = answer.error;
      else if (answer) take(answer);
    } catch (error) {
      if (turn === this.#turn) this.#error.textContent = messageOf(error);
    } finally {
      if (turn === this.#turn) this.end();
    }
  }

  /** Ends what runs: whatever it still tells is old. */
  end(): void {
    if (this.#isBusy) this.#cancel();
    this.#isBusy = false;
    this.#work.hidden = true;
    this.#turn++;
    this.#onChange();
  }

  #begin(): number {
    this.end();
    this.#isBusy = true;
    this.#tell('', undefined);
    this.#error.textContent = '';
    this.#work.hidden = false;
    this.#onChange();
    return this.#turn;
  }

  #tell(text: string, share: number | undefined): void {
    this.#text.textContent = text;
    if (share === undefined) this.#bar.removeAttribute('value');
    else this.#bar.value = share;
  }
}

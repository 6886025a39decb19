import { element } from '../shell/dom.js';

const entry = (mark: string, text: string): HTMLElement =>
  element('li', {}, [element('span', { class: `mark ${mark}` }), text]);

/** What the things in the picture are. */
export const legend = (): HTMLElement =>
  element('ul', { class: 'legend' }, [
    entry('plus', 'charge +'),
    entry('minus', 'charge −'),
    entry('truth', 'truth'),
    entry('predicted', 'network’s prediction'),
    entry('straight', 'straight line'),
  ]);

import { element, legendEntry as entry } from '../shell/dom.js';

/** What the things in the picture are. */
export const legend = (): HTMLElement =>
  element('ul', { class: 'legend' }, [
    entry('plus', 'charge +'),
    entry('minus', 'charge −'),
    entry('truth', 'truth'),
    entry('predicted', 'network’s prediction'),
    entry('straight', 'straight line'),
  ]);

import { element, legendEntry as entry } from '../shell/dom.js';

/** What the things in the picture are. */
export class Legend {
  readonly root = element('ul', { class: 'legend' });

  show({ field, isMirrored }: { readonly field?: string; readonly isMirrored: boolean }): void {
    this.root.replaceChildren(
      entry('plus', 'charge +'),
      entry('minus', 'charge −'),
      entry('truth', 'at the target'),
      entry('predicted', 'the network’s prediction'),
      ...(isMirrored ? [entry('followed', 'mirrored prediction')] : []),
      entry('straight', 'straight on'),
      ...(field ? [entry('field', field)] : []),
    );
  }
}

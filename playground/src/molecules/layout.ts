import { element } from '../shell/dom.js';

type Place =
  | 'field'
  | 'drawing'
  | 'form'
  | 'go'
  | 'work'
  | 'notes'
  | 'viewer'
  | 'views'
  | 'files'
  | 'gallery'
  | 'details';

/** Where everything stands: what is seen on the left, what is set on the right. */
export function layout(parts: Readonly<Record<Place, HTMLElement>>): HTMLElement {
  const { field, drawing, form, go, work, notes, viewer, views, files, gallery, details } = parts;
  return element('section', { class: 'molecules' }, [
    element('div', { class: 'view' }, [viewer, work, views, gallery]),
    element('div', { class: 'controls' }, [
      element('div', { class: 'card' }, [element('h2', {}, ['Molecule']), field, drawing]),
      element('div', { class: 'card' }, [element('h2', {}, ['Conformers']), form, go, notes, files]),
      details,
    ]),
  ]);
}

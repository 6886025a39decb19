import { element } from '../shell/dom.js';
import type { Panel, PanelParts } from '../shell/panel.js';

/** The part 'bodies'. */
export function bodiesPanel(_parts: PanelParts): Panel {
  return { root: element('section', {}, ['Bodies']), show() {}, hide() {} };
}

import { element } from '../shell/dom.js';
import type { Panel, PanelParts } from '../shell/panel.js';

/** The part 'training'. */
export function trainingPanel(_parts: PanelParts): Panel {
  return { root: element('section', {}, ['Training']), show() {}, hide() {} };
}

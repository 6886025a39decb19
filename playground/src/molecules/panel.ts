import { element } from '../shell/dom.js';
import type { Panel, PanelParts } from '../shell/panel.js';

/** The part 'molecules'. */
export function moleculesPanel(_parts: PanelParts): Panel {
  return { root: element('section', {}, ['Molecules']), show() {}, hide() {} };
}

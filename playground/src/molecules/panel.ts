import type { Panel, PanelParts } from '../shell/panel.js';
import { MoleculesPage } from './page.js';

/** The part 'molecules': a SMILES becomes conformers. */
export function moleculesPanel(parts: PanelParts): Panel {
  const page = new MoleculesPage(parts);
  return { root: page.root, show: () => page.show(), hide: () => page.hide() };
}

import './style.css';
import { bodiesPanel } from './bodies/panel.js';
import { startEngine } from './engine/client.js';
import { moleculesPanel } from './molecules/panel.js';
import { Stage } from './scene/stage.js';
import { deviceMenu } from './shell/device-menu.js';
import type { Panel, PanelParts } from './shell/panel.js';
import { Tabs } from './shell/tabs.js';
import { PageAddress, type PanelName } from './shell/url-state.js';
import { trainingPanel } from './training/panel.js';

const makers: Readonly<Record<PanelName, (parts: PanelParts) => Panel>> = {
  bodies: bodiesPanel,
  training: trainingPanel,
  molecules: moleculesPanel,
};

function place(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

const address = new PageAddress();
const engine = await startEngine();
const stage = new Stage();
const panels = new Map<PanelName, Panel>();
let shown: PanelName | undefined;

/** Makes the part in view, at its first sight, and shows it. */
function show(): void {
  const name = address.panel;
  if (shown !== undefined && shown !== name) panels.get(shown)?.hide();
  shown = name;
  const panel = panels.get(name) ?? makers[name]({ engine, stage, state: address.of(name) });
  if (!panels.has(name)) {
    panels.set(name, panel);
    panel.root.id = name;
    panel.root.setAttribute('role', 'tabpanel');
    panel.root.setAttribute('aria-labelledby', `tab-${name}`);
    place('#panels').append(panel.root);
  }
  for (const [own, { root }] of panels) root.hidden = own !== name;
  tabs.select(name);
  panel.show();
}

const tabs = new Tabs(place('.tabs'), (name) => {
  address.open(name);
  show();
});
addEventListener('hashchange', () => {
  address.read();
  show();
});
place('.device').append(
  deviceMenu(engine, () => {
    for (const panel of panels.values()) panel.deviceChanged?.();
  }),
);
show();

import type { EngineClient } from '../engine/client.js';
import type { Stage } from '../scene/stage.js';
import type { UrlState } from './url-state.js';

/** What a part of the page works with. */
export interface PanelParts {
  readonly engine: EngineClient;
  /** The one WebGL canvas. */
  readonly stage: Stage;
  /** The part's own settings in the page's address. */
  readonly state: UrlState;
}

/** One part of the page. */
export interface Panel {
  readonly root: HTMLElement;
  /** Called when its tab is opened, and when the address changed; it puts the canvas where it wants it. */
  show(): void;
  /** Called when another tab is opened: it stops animating. */
  hide(): void;
  /** Called when another device computes from now on. */
  deviceChanged?(): void;
}

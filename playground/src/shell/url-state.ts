/** The parts of the page, as its address names them. */
export const panelNames = ['bodies', 'training', 'molecules'] as const;
export type PanelName = (typeof panelNames)[number];

/** Settings of one part, kept in the page's address so that a view can be shared. */
export interface UrlState {
  get(name: string): string | undefined;
  /** `undefined` takes the setting out: it is the default. */
  set(values: Readonly<Record<string, string | number | undefined>>): void;
}

/** `#molecules?smiles=CCO&n=4` */
function parse(hash: string): { readonly panel: PanelName; readonly settings: URLSearchParams } {
  const [name, query = ''] = hash.replace(/^#/, '').split('?');
  const panel = panelNames.find((known) => known === name) ?? 'bodies';
  return { panel, settings: new URLSearchParams(query) };
}

/** The settings of all parts; those of the part in view stand in the address. */
export class PageAddress {
  readonly #settings = new Map<PanelName, URLSearchParams>(panelNames.map((name) => [name, new URLSearchParams()]));
  #panel: PanelName = 'bodies';

  constructor() {
    this.read();
  }

  get panel(): PanelName {
    return this.#panel;
  }

  /** Takes over what the address says. */
  read(): void {
    const { panel, settings } = parse(location.hash);
    this.#panel = panel;
    this.#settings.set(panel, settings);
  }

  /** Opens a part; the browser's way back leads to the one before. */
  open(panel: PanelName): void {
    if (panel !== this.#panel) history.pushState(null, '', location.href);
    this.#panel = panel;
    this.#write();
  }

  of(panel: PanelName): UrlState {
    const settings = (): URLSearchParams => this.#settings.get(panel) ?? new URLSearchParams();
    return {
      get: (name) => settings().get(name) ?? undefined,
      set: (values) => {
        for (const [name, value] of Object.entries(values)) {
          if (value === undefined) settings().delete(name);
          else settings().set(name, String(value));
        }
        if (panel === this.#panel) this.#write();
      },
    };
  }

  #write(): void {
    const query = this.#settings.get(this.#panel)?.toString();
    history.replaceState(null, '', `#${this.#panel}${query ? `?${query}` : ''}`);
  }
}

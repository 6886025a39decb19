type Attributes = Readonly<Record<string, string | number | boolean | ((event: Event) => void) | undefined>>;

/**
 * Makes an element. Attributes that are functions listen to events (`onclick`), `true` sets an empty attribute,
 * `false` and `undefined` none.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.replace(/^on/, ''), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/** A field with its label. */
export const labelled = (label: string, field: HTMLElement): HTMLLabelElement =>
  element('label', { class: 'field' }, [element('span', {}, [label]), field]);

/** A choice among a few names. */
export function choice<Name extends string>(
  options: Readonly<Record<Name, string>>,
  selected: Name,
  onChange: (name: Name) => void,
  attributes: Attributes = {},
): HTMLSelectElement {
  const names = Object.keys(options) as Name[];
  return element(
    'select',
    { ...attributes, onchange: (event) => onChange((event.target as HTMLSelectElement).value as Name) },
    names.map((name) => element('option', { value: name, selected: name === selected }, [options[name]])),
  );
}

/** Offers text or bytes as a file. */
export function download(name: string, content: BlobPart, type = 'application/octet-stream'): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  element('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The first line of what went wrong, for people. */
export const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0];

/** A line of a legend: a mark in its colour, and what it stands for. */
export const legendEntry = (mark: string, text: string): HTMLLIElement =>
  element('li', {}, [element('span', { class: `mark ${mark}` }), text]);

/** The head of a table whose columns hold numbers, but for the first. */
export const tableHead = (names: readonly string[]): HTMLTableSectionElement =>
  element('thead', {}, [
    element(
      'tr',
      {},
      names.map((name, k) => element('th', { scope: 'col', class: k > 0 ? 'number' : undefined }, [name])),
    ),
  ]);

/** An element of a parsed page. */
export interface Element {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (Element | string)[];
}

const VOID = new Set(['meta', 'link', 'input', 'br']);
const RAW = new Set(['style', 'script']);
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decode = (text: string): string => text.replace(/&([#\w]+);/g, (all, name: string) => ENTITIES[name] ?? all);

/** Parses a page strictly: every element closed, every attribute quoted or bare, no stray brackets. */
export function parseHtml(source: string): Element {
  const root: Element = { tag: '', attributes: new Map(), children: [] };
  const open = [root];
  let rest = source.replace(/^<!doctype html>/, '');
  while (rest !== '') {
    const parent = open.at(-1) ?? root;
    const raw = RAW.has(parent.tag) ? rest.search(new RegExp(`</${parent.tag}>`)) : rest.search('<');
    if (raw !== 0) {
      const text = rest.slice(0, raw < 0 ? undefined : raw);
      if (!RAW.has(parent.tag) && text.includes('>')) throw new Error(`stray > in: ${text}`);
      parent.children.push(RAW.has(parent.tag) ? text : decode(text));
      rest = rest.slice(text.length);
      continue;
    }
    const match = /^<(\/?)([a-z][a-zA-Z0-9]*)((?:\s+[\w-]+(?:="[^"<]*")?)*)\s*(\/?)>/.exec(rest);
    if (!match) throw new Error(`no tag: ${rest.slice(0, 80)}`);
    const [all, closing, tag, attributes, selfClosing] = match;
    rest = rest.slice(all.length);
    if (closing) {
      if (open.pop()?.tag !== tag) throw new Error(`</${tag}> closes <${parent.tag}>`);
      continue;
    }
    const found = [...attributes.matchAll(/([\w-]+)(?:="([^"]*)")?/g)];
    const element: Element = {
      tag,
      attributes: new Map(found.map(([, name, value]) => [name, decode(value ?? '')])),
      children: [],
    };
    parent.children.push(element);
    if (!selfClosing && !VOID.has(tag)) open.push(element);
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.tag}> is not closed`);
  return root;
}

/** An element and all that it contains, in their order. */
export const descendants = (element: Element): Element[] => [
  element,
  ...element.children.flatMap((child) => (typeof child === 'string' ? [] : descendants(child))),
];

export const findAll = (element: Element, tag: string): Element[] =>
  descendants(element).filter((found) => found.tag === tag);

export const textOf = ({ children }: Element): string =>
  children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');

/**
 * Markup that may go into a page as it is, and the scripts that it needs there. It is made by {@link html}, which
 * escapes all text, so that nothing a user named or wrote can become markup.
 */
export class Html {
  readonly markup: string;
  /** Sources of the inline scripts that bring this markup to life; it can be read without them. */
  readonly scripts: ReadonlySet<string>;

  constructor(markup: string, scripts: Iterable<string> = []) {
    this.markup = markup;
    this.scripts = new Set(scripts);
  }
}

/** What can stand in a template: text and numbers are escaped, lists are joined, null and false leave nothing. */
export type Piece = Html | string | number | null | undefined | false | readonly Piece[];

/** ``html`<p>${text}</p>` ``: markup with all text in it escaped. Attribute values must be quoted. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const parts = pieces.map(toHtml);
  const markup = strings.reduce((text, string, k) => text + parts[k - 1].markup + string);
  return new Html(
    markup,
    parts.flatMap(({ scripts }) => [...scripts]),
  );
}

function toHtml(piece: Piece): Html {
  if (piece instanceof Html) return piece;
  if (typeof piece === 'string') return new Html(escapeHtml(piece));
  if (typeof piece === 'number') return new Html(String(piece));
  if (!piece) return new Html('');
  const parts = piece.map(toHtml);
  return new Html(
    parts.map(({ markup }) => markup).join(''),
    parts.flatMap(({ scripts }) => [...scripts]),
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for a page or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]);

/** Markup and a script for it; a page contains each script once. */
export const withScript = ({ markup, scripts }: Html, script: string): Html => new Html(markup, [...scripts, script]);

/** Data for a script: JSON in an element that browsers neither run nor show. */
export const jsonIsland = (value: unknown): Html =>
  new Html(`<script type="application/json">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`);

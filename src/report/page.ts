import { type Html, html, Html as Markup } from './html.js';
import { styles } from './styles.js';

/** A part of a page with a heading of its own. */
export interface Section {
  /** Goes into the page's address after `#`: letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly body: Html;
  /** CSS that only this section needs. */
  readonly styles?: string;
}

export interface Page {
  readonly title: string;
  /** What stands below the title. */
  readonly subtitle?: string;
  readonly sections: readonly Section[];
}

/** A complete HTML document that needs nothing else: no network, no files, no library. */
export function page({ title, subtitle, sections }: Page): string {
  const scripts = [...new Set(sections.flatMap(({ body }) => [...body.scripts]))];
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${new Markup([styles, ...sections.map((section) => section.styles ?? '')].join('\n'))}</style>
</head>
<body>
<header>
<h1>${title}</h1>
${subtitle && html`<p class="subtitle">${subtitle}</p>`}
<nav aria-label="Sections">${sections.map((section) => html`<a href="#${section.id}">${section.title}</a>`)}</nav>
</header>
<main>
${sections.map(
  ({ id, title: heading, body }) => html`<section id="${id}">
<h2>${heading}</h2>
${body}
</section>`,
)}
</main>
${scripts.map((script) => new Markup(`<script>(() => {\n${script}\n})();</script>`))}
</body>
</html>
`;
  return markup;
}

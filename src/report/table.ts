import { type Html, html, type Piece } from './html.js';

/** A column of a table. */
export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => Piece;
  /** Text stands to the left; numbers, which are the rule, to the right. */
  readonly text?: boolean;
}

/** A table whose first column names its rows. It scrolls by itself where the window is too narrow. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): Html {
  const side = ({ text }: Column<Row>): string => (text ? 'text' : 'number');
  const head = columns.map((column) => html`<th scope="col" class="${side(column)}">${column.name}</th>`);
  const line = (row: Row): Piece =>
    columns.map((column, k) =>
      k === 0
        ? html`<th scope="row" class="${side(column)}">${column.cell(row)}</th>`
        : html`<td class="${side(column)}">${column.cell(row)}</td>`,
    );
  return html`<div class="table" tabindex="0"><table>
<thead><tr>${head}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${line(row)}</tr>`)}</tbody>
</table></div>`;
}

/** Names and what they mean. */
export const definitions = (entries: readonly (readonly [name: string, value: Piece])[]): Html =>
  html`<dl>${entries.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

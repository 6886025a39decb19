/**
 * The data of an SDF record: `> <NAME>`, then lines of value up to a blank one. Items without a name are skipped;
 * of several with one name the last counts.
 */
export function readProperties(lines: readonly string[]): Map<string, string> {
  const properties = new Map<string, string>();
  for (let at = 0; at < lines.length; at++) {
    if (!lines[at].startsWith('>')) continue;
    const name = /<([^>]*)>/.exec(lines[at])?.[1];
    const value: string[] = [];
    while (at + 1 < lines.length && lines[at + 1].trim() !== '') value.push(lines[++at]);
    if (name !== undefined) properties.set(name, value.join('\n'));
  }
  return properties;
}

/** Writes data as {@link readProperties} reads it. Blank lines, which would end a value, are left out. */
export function formatProperties(properties: Iterable<readonly [string, string | number]>): string {
  return Array.from(properties, ([name, value]) => {
    const lines = String(value).split(/\r?\n/);
    const kept = lines.filter((line) => line.trim() !== '');
    return `> <${name.replace(/[<>\r\n]/g, '_')}>\n${kept.map((line) => `${line.startsWith('$$$$') ? ' ' : ''}${line}\n`).join('')}\n`;
  }).join('');
}

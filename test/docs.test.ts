import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The anchor of a heading, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[`*]|\[(.*?)\]\(.*?\)/g, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/ /g, '-');

const withoutCode = (text: string): string => text.replace(/^```.*?^```/gms, '');

const anchorsOf = (page: string): string[] =>
  [...withoutCode(read(page)).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading));

describe('the docs', () => {
  it.each(pages)('%s links to what is there', (page) => {
    const text = withoutCode(read(page)).replace(/`[^`\n]*`/g, '');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
    const dead = links
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [path, anchor] = link.split('#');
        const target = path === '' ? page : join(dirname(page), path);
        if (!existsSync(join(root, target))) return true;
        return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor);
      });
    expect(dead).toEqual([]);
  });

  it('map every folder of src, rooms below theirs', () => {
    const folders = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(root, 'src/').length));
    const [, map] = read('docs/how-it-works.md').split('## A map of the source');
    const listed = [...map.split('Beside `src/`')[0].matchAll(/^\| `([\w/-]+)\/` \|/gm)].map(([, folder]) => folder);
    expect([...listed].sort()).toEqual([...folders].sort());
    const rooms = listed.filter((folder) => folder.includes('/'));
    for (const room of rooms) expect(listed.indexOf(dirname(room))).toBeLessThan(listed.indexOf(room));
  });
});

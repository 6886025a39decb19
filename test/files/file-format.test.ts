import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import {
  chooseFormat,
  type FileFormat,
  formatByName,
  listed,
  titlesOf,
  usualEndings,
} from '../../src/files/file-format.js';

const startsWith = (first: number) => (start: Uint8Array) => start[0] === first;
const list: FileFormat = { title: 'lists', endings: ['.lst', '.txt'] };
const table: FileFormat = { title: 'tables', endings: ['.tbl'], beginsLike: startsWith(1) };
const book: FileFormat = { title: 'books', endings: ['.book'], beginsLike: startsWith(2) };
const all = [list, table, book];

describe('the format of a file', () => {
  it('is told by its name, packed or not', () => {
    expect(['a.TXT', 'a.lst.gz', 'a.book.GZ', 'a.gz', 'txt'].map((path) => formatByName(all, path)?.title)).toEqual([
      ...['lists', 'lists', 'books', undefined, undefined],
    ]);
  });

  const choice = { all, fit: [table, book], need: 'rows' };
  const choose = (path: string, ...start: number[]) => chooseFormat(path, Uint8Array.from(start), choice);

  it('is one that will do, by name or else by how it begins', () => {
    expect(choose('a.tbl', 2)).toBe(table);
    expect(choose('a', 2)).toBe(book);
    expect(choose('a.txt', 1)).toBe(table);
    expect(choose('a.tbl')).toBe(table);
    expect(chooseFormat('a', Uint8Array.of(9), { ...choice, otherwise: book })).toBe(book);
  });

  it.each<[string, string, number[]]>([
    ['a.txt: lists cannot hold rows; give tables (.tbl) or books (.book)', 'a.txt', [9]],
    ['a: cannot tell what it holds; give tables (.tbl) or books (.book)', 'a', [9]],
    ['a: the file is empty', 'a', []],
  ])('is refused: %s', (message, path, start) => {
    expect(() => choose(path, ...start)).toThrow(UserError);
    expect(() => choose(path, ...start)).toThrow(message);
  });

  it('is listed for people', () => {
    expect(usualEndings(all)).toBe('.lst, .tbl or .book');
    expect(titlesOf([list])).toBe('lists (.lst)');
    expect([listed([]), listed(['a', 'b'])]).toEqual(['', 'a or b']);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('..', import.meta.url));
const domains = readdirSync(join(root, 'src')).filter((name) => existsSync(join(root, 'src', name, 'index.ts')));

/** The sources of a subpath: in Node, and elsewhere. */
function sourcesOf(subpath: string): { node: string; page: string } {
  const page = subpath === '.' ? 'src/index.ts' : `src/${subpath.slice(2)}${subpath === './web' ? '' : '/index'}.ts`;
  const node = page.replace(/\.ts$/, '.node.ts');
  return { page, node: existsSync(join(root, node)) ? node : page };
}

const subpaths = ['.', ...domains.map((name) => `./${name}`), './web'];
const options = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  root,
).options;
const program = ts.createProgram(
  subpaths.map((path) => join(root, sourcesOf(path).node)),
  { ...options, incremental: false, tsBuildInfoFile: undefined },
);
const checker = program.getTypeChecker();

/** What a subpath exports in Node: names, and the declarations behind them. */
function exportsOf(subpath: string): Map<string, ts.Symbol> {
  const file = program.getSourceFile(join(root, sourcesOf(subpath).node));
  const module = file && checker.getSymbolAtLocation(file);
  if (!module) throw new Error(`${subpath} exports nothing`);
  return new Map(
    checker
      .getExportsOfModule(module)
      .map((symbol) => [symbol.name, symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol]),
  );
}

describe('the subpaths', () => {
  it('are those of the folders that have an index, in package.json as in typedoc.json', () => {
    const inPackage = Object.keys(manifest.exports).filter((path) => !/weights|package|browser/.test(path));
    expect(inPackage.sort()).toEqual([...subpaths].sort());
    const { entryPoints } = JSON.parse(readFileSync(join(root, 'typedoc.json'), 'utf8'));
    expect([...entryPoints].sort()).toEqual(subpaths.map((path) => sourcesOf(path).node).sort());
  });

  it.each(subpaths)('%s gives Node what is Node’s, and others what runs anywhere', (subpath) => {
    const { node, page } = sourcesOf(subpath);
    const built = (source: string) => {
      const base = source.replace(/^src/, './dist').replace(/\.ts$/, '');
      return { types: `${base}.d.ts`, default: `${base}.js` };
    };
    if (node !== page) expect(readFileSync(join(root, node), 'utf8')).toContain("export * from './index.js';");
    const expected = node === page ? built(page) : { node: built(node), ...built(page) };
    expect(new Map<string, unknown>(Object.entries(manifest.exports)).get(subpath)).toEqual(expected);
  });

  it('share nothing but with the first page', () => {
    const owner = new Map<ts.Symbol, string>();
    const twice: string[] = [];
    for (const subpath of subpaths.slice(1)) {
      for (const [name, symbol] of exportsOf(subpath)) {
        const other = owner.get(symbol);
        if (other !== undefined) twice.push(`${name}: ${other} and ${subpath}`);
        owner.set(symbol, subpath);
      }
    }
    expect(twice).toEqual([]);
    const alone = [...exportsOf('.')].filter(([, symbol]) => !owner.has(symbol));
    expect(alone.map(([name]) => name)).toEqual([]);
  });

  it('begin with a page that one can read', () => {
    const names = exportsOf('.').size;
    expect(names).toBeGreaterThan(24);
    expect(names).toBeLessThanOrEqual(48);
  });
});

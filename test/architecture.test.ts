import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type IForbiddenRuleType } from 'dependency-cruiser';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The folders of src, in the order data meets them: each imports only from itself and from those before it. */
const ORDER = [
  'common',
  'random',
  'files',
  'tensor',
  'runtime',
  'nn',
  'geometry',
  'graphs',
  'networks',
  'testing',
  'training',
  'newton',
  'molecules',
  'fit',
  'conformers',
  'trained',
  'report',
  'cli',
];

/** What needs Node says so in its name; the command line is Node's as a whole. */
const NODE = '\\.node\\.ts$|^src/cli/';

const forbidden: IForbiddenRuleType[] = [
  { name: 'no circles', from: {}, to: { circular: true } },
  { name: 'imports what is there', from: { path: '^src/' }, to: { couldNotResolve: true } },
  { name: 'src stands alone', from: { path: '^src/' }, to: { path: '^(test|bench|examples|playground|scripts)/' } },
  ...ORDER.slice(0, -1).map((folder, k) => ({
    name: `${folder} is below ${ORDER.slice(k + 1).join(', ')}`,
    from: { path: `^src/${folder}/` },
    to: { path: `^src/(${ORDER.slice(k + 1).join('|')})/` },
  })),
  {
    name: 'runs anywhere, imports nothing of Node',
    from: { path: '^src/', pathNot: NODE },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'runs anywhere, loads nothing that needs Node',
    from: { path: '^src/', pathNot: NODE },
    to: { path: NODE, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'ONNX Runtime is left to runtime',
    from: { path: '^src/', pathNot: '^src/runtime/' },
    to: { path: 'node_modules/onnxruntime-' },
  },
  {
    name: 'OpenChemLib is left to one file',
    from: { path: '^src/', pathNot: '^src/molecules/open-chem-lib\\.ts$' },
    to: { path: 'node_modules/openchemlib' },
  },
];

interface Source {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

function filesIn(folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
}

function read(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}

/** `src/tensor/shape.ts, line 12` */
function place({ path, tree }: Source, node: ts.Node): string {
  return `${path}, line ${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

const sources = filesIn('src').map(read);
const others = ['test', 'bench', 'examples', 'playground'].filter((folder) => existsSync(join(root, folder)));
const everything = [...sources, ...others.flatMap(filesIn).map(read)];
/** Comments that switch a check off; in pieces, so that this line is none. */
const SILENCERS = new RegExp(`@${'ts-'}(ignore|nocheck|expect-error)|${'biome'}-ignore|${'eslint'}-disable`);

/** What of the code breaks a rule, as `rule: from → to`, and which files import what. */
async function look(folders: readonly string[], rules: readonly IForbiddenRuleType[]) {
  const { output } = await cruise([...folders], {
    baseDir: root,
    ruleSet: { forbidden: rules.map((rule) => ({ severity: 'error', ...rule })) as IForbiddenRuleType[] },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: join(root, 'tsconfig.json') },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'default'],
    },
  });
  if (typeof output === 'string') throw new Error(output);
  const violations = output.summary.violations.map(({ rule, from, to, cycle }) =>
    [`${rule.name}: ${from}`, ...(cycle?.map(({ name }) => name) ?? [to])].join(' → '),
  );
  return { violations, modules: output.modules };
}

describe('the folders of src', () => {
  let seen: Awaited<ReturnType<typeof look>>;
  beforeAll(async () => {
    seen = await look(['src'], forbidden);
  });

  it('are all in the order above', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual([...ORDER].sort());
  });

  it('import in that order, without circles, and nothing of Node where they run anywhere', () => {
    expect(seen.modules.length).toBeGreaterThan(400);
    expect(seen.violations).toEqual([]);
  });

  it('say that they need Node only where they do', () => {
    const reachesNode = ({ resolved, dependencyTypes }: { resolved: string; dependencyTypes: readonly string[] }) =>
      !dependencyTypes.includes('type-only') &&
      (dependencyTypes.includes('core') || /\.node\.ts$|onnxruntime-node/.test(resolved));
    const marked = seen.modules.filter(({ source }) => source.endsWith('.node.ts'));
    expect(marked.length).toBeGreaterThan(20);
    expect(marked.filter(({ dependencies }) => !dependencies.some(reachesNode)).map(({ source }) => source)).toEqual(
      [],
    );
  });

  it('start threads and programs that are there', () => {
    const missing = sources.flatMap((source) => {
      const found: string[] = [];
      visit(source.tree, (node) => {
        if (!ts.isNewExpression(node) || node.expression.getText() !== 'URL') return;
        const [file] = node.arguments ?? [];
        if (!file || !ts.isStringLiteral(file) || !file.text.endsWith('.js')) return;
        const target = join(root, dirname(source.path), file.text.replace(/\.js$/, '.ts'));
        if (!existsSync(target)) found.push(`${place(source, node)}: ${file.text}`);
      });
      return found;
    });
    expect(missing).toEqual([]);
  });
});

describe('the page', () => {
  it('has no import circles', async () => {
    const { violations, modules } = await look(['playground/src'], forbidden.slice(0, 1));
    expect(modules.length).toBeGreaterThan(50);
    expect(violations).toEqual([]);
  });
});

describe('a file', () => {
  it('of src has at most 400 lines, half of them fewer than 100', () => {
    const lengths = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[sorted.length >> 1]).toBeLessThan(100);
  });

  it('of src has no function of more than 60 lines', () => {
    const long: string[] = [];
    for (const source of sources) {
      const lineAt = (position: number): number => source.tree.getLineAndCharacterOfPosition(position).line;
      visit(source.tree, (node) => {
        if (!ts.isFunctionLike(node) || !('body' in node)) return;
        if (lineAt(node.getEnd()) - lineAt(node.getStart()) >= 60) long.push(place(source, node));
      });
    }
    expect(long).toEqual([]);
  });

  it('does not silence the compiler or the linters', () => {
    const silenced: string[] = [];
    for (const source of everything) {
      visit(source.tree, (node) => {
        const isAny = node.kind === ts.SyntaxKind.AnyKeyword || ts.isNonNullExpression(node);
        const isAssigned = ts.isPropertyDeclaration(node) && node.exclamationToken !== undefined;
        if (isAny || isAssigned) silenced.push(place(source, node));
      });
      if (SILENCERS.test(source.text)) silenced.push(source.path);
    }
    expect(silenced).toEqual([]);
  });

  it('draws no random number but from a generator that was passed in', () => {
    const call = ['Math', 'random'].join('.');
    expect(everything.filter(({ text }) => text.includes(call)).map(({ path }) => path)).toEqual([]);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

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
  'models',
  'testing',
  'training',
  'newton',
  'molecules',
  'conformers',
  'report',
  'cli',
];

/** What runs in Node alone, beside src/cli: files, threads, processes, hashes, the native ONNX Runtime. */
const NODE_ONLY = [
  'common/(engine-thread|no-telemetry|worker-queue|worker-tasks)',
  'conformers/dataset/(dataset-file|ensembles-hash|prepare-dataset|read-exclusions)',
  'conformers/ensembles/(ensemble-file|ensemble-store|ensemble-worker|make-ensembles)',
  'conformers/evaluation/(evaluate-parallel|evaluate-worker|read-generated|read-references)',
  'conformers/generation/(generate-pool|generate-worker|molecule-source|open-generator|read-molecules|written-conformers)',
  'conformers/network/(shipped-weights|weights-hash)',
  'conformers/records/read-records',
  'conformers/training/(experiment|finished-run|runs|train|train-worker|trained-shapes|training-report-data)',
  'files/(append-file|atomic|byte-stream|file-errors|folder|npy-file|safetensors-file|scratch-file)',
  'models/read-model-file',
  'molecules/(open-chem-lib-node|shapes/(molecule-worker|molecule-workers))',
  'newton/(dataset-(hash|names|read|write)|experiment|finished-run|runs|shipped-weights|train)',
  'newton/(simulate-parallel|simulate-worker|train-worker|report-data)',
  'runtime/(diagnosis|node|probe|probe-child|rating|rating-worker)',
  'training/(finished-run|gradient-pool|gradient-worker|run|run-folder|run-lock)',
  'index',
].map((pattern) => new RegExp(`^src/${pattern}\\.ts$`));

interface Import {
  /** A file of src, or a package. */
  readonly target: string;
  /** Gone after compilation. */
  readonly isType: boolean;
}

interface Source {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

function filesIn(folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
}

function read(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return { path, text, tree, imports: importsOf(tree, path) };
}

/** All imports: by `import`, `export … from`, `import()`, and threads and programs by `new URL`. */
function importsOf(tree: ts.SourceFile, path: string): Import[] {
  const found: Import[] = [];
  const note = (node: ts.Node | undefined, isType: boolean): void => {
    if (!node || !ts.isStringLiteral(node)) return;
    const inside = node.text.startsWith('.') ? join(dirname(path), node.text).replace(/\.js$/, '.ts') : node.text;
    found.push({ target: inside, isType });
  };
  visit(tree, (node) => {
    if (ts.isImportDeclaration(node)) note(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
    if (ts.isExportDeclaration(node)) note(node.moduleSpecifier, node.isTypeOnly);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) note(node.argument.literal, true);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      note(node.arguments[0], false);
    if (ts.isNewExpression(node) && node.expression.getText() === 'URL') {
      const [file] = node.arguments ?? [];
      if (file && ts.isStringLiteral(file) && file.text.endsWith('.js')) note(file, false);
    }
  });
  return found;
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}

/** `src/tensor/shape.ts, line 12` */
function place({ path, tree }: Source, node: ts.Node): string {
  return `${path}, line ${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** What the package offers: in all places, in Node, in a browser. They stand above the folders. */
const ENTRIES = ['src/portable.ts', 'src/index.ts', 'src/web.ts'];

const sources = new Map(filesIn('src').map((path) => [path, read(path)]));
const others = ['test', 'bench', 'examples', 'playground'].filter((folder) => existsSync(join(root, folder)));
const everything = [...sources.values(), ...others.flatMap(filesIn).map(read)];
const isNodeOnly = (path: string): boolean =>
  path.startsWith('src/cli/') || NODE_ONLY.some((pattern) => pattern.test(path));
/** Comments that switch a check off; in pieces, so that this line is none. */
const SILENCERS = new RegExp(`@${'ts-'}(ignore|nocheck|expect-error)|${'biome'}-ignore|${'eslint'}-disable`);
const isNative = (target: string): boolean => target.startsWith('node:') || target === 'onnxruntime-node';
const folderOf = (path: string): string => path.split('/')[1];

describe('the folders of src', () => {
  it('are all in the order above', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual([...ORDER].sort());
  });

  it('import only from those before them', () => {
    const wrong = [...sources.values()].flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => target.startsWith('src/') && !ENTRIES.includes(path))
        .filter(({ target }) => ORDER.indexOf(folderOf(target)) > ORDER.indexOf(folderOf(path)))
        .map(({ target }) => `${path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('import files that are there, and nothing outside of src but package.json', () => {
    const missing = [...sources.values()].flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => target.includes('/') && !target.startsWith('@') && target.endsWith('.ts'))
        .filter(({ target }) => !sources.has(target))
        .map(({ target }) => `${path} imports ${relative('.', target)}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('what a browser can run', () => {
  it('touches no built-in module of Node, nor the native runtime', () => {
    const wrong = [...sources.values()].flatMap(({ path, imports }) =>
      isNodeOnly(path)
        ? []
        : imports.filter(({ target }) => isNative(target)).map(({ target }) => `${path}: ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('loads no file that is for Node alone', () => {
    const wrong = [...sources.values()].flatMap(({ path, imports }) =>
      isNodeOnly(path)
        ? []
        : imports
            .filter(({ target, isType }) => !isType && isNodeOnly(target))
            .map(({ target }) => `${path}: ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('is not kept from it for nothing', () => {
    for (const pattern of NODE_ONLY) expect([...sources.keys()].some((path) => pattern.test(path))).toBe(true);
    const reaches = (path: string): boolean =>
      sources.get(path)?.imports.some(({ target, isType }) => !isType && (isNative(target) || isNodeOnly(target))) ??
      false;
    const harmless = [...sources.keys()].filter(
      (path) => !path.startsWith('src/cli/') && isNodeOnly(path) && !reaches(path),
    );
    expect(harmless).toEqual([]);
  });

  it('leaves ONNX Runtime to src/runtime', () => {
    const users = [...sources.values()].filter(({ imports }) =>
      imports.some(({ target }) => target.startsWith('onnxruntime')),
    );
    expect(users.length).toBeGreaterThan(0);
    expect(users.map(({ path }) => path).filter((path) => !path.startsWith('src/runtime/'))).toEqual([]);
  });

  it('leaves OpenChemLib to one file', () => {
    const users = [...sources.values()].filter(({ imports }) =>
      imports.some(({ target }) => target.startsWith('openchemlib')),
    );
    expect(users.map(({ path }) => path)).toEqual(['src/molecules/open-chem-lib.ts']);
  });
});

describe('a file', () => {
  it('of src has at most 400 lines, half of them fewer than 100', () => {
    const lengths = [...sources.values()].map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[sorted.length >> 1]).toBeLessThan(100);
  });

  it('of src has no function of more than 60 lines', () => {
    const long: string[] = [];
    for (const source of sources.values()) {
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

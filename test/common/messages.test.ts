import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { commandList } from '../../src/cli/commands.js';

const SOURCE = new URL('../../src', import.meta.url).pathname;

/** Files of the library: the command line may name its own flags. */
const library = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.ts') && !path.startsWith('cli/'),
);

/** The texts in a file: strings, and the parts of templates. */
function textsOf(path: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(join(SOURCE, path), 'utf8'), ts.ScriptTarget.Latest));
  return texts;
}

const words = new Set(commandList.commands.map(({ spec }) => spec.path[0]));

/** `--batch`, but neither `--colour: red` nor `var(--colour)`; `clofnet newton`, but not `clofnet weights`. */
const COMMAND_LINE = new RegExp(
  String.raw`(?<![\w(-])--[a-z][a-z-]*(?!.*[:;{])|\bclofnet (?:${[...words].join('|')})\b`,
);

it('no text of the library names a flag or a command', () => {
  expect(library.length).toBeGreaterThan(300);
  const found = library.flatMap((path) =>
    textsOf(path)
      .filter((text) => COMMAND_LINE.test(text))
      .map((text) => `${path}: ${text.trim().slice(0, 80)}`),
  );
  expect(found).toEqual([]);
});

/** What other programs say can only be read: ONNX Runtime and commander, which give no data. */
const FOREIGN = ['runtime/self-check.ts', 'cli/errors.ts'];

it('nothing parses a message', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const parsing =
    /\bmessage\)?\.(?:match|replace|includes|startsWith|endsWith|indexOf|search|slice|split)\(|\.test\(\w+\.message/;
  const found = files.filter((path) => parsing.test(readFileSync(join(SOURCE, path), 'utf8')));
  expect(found.filter((path) => !FOREIGN.includes(path))).toEqual([]);
});

it('what the test looks for would be found', () => {
  expect('there is a run already; continue it with --resume').toMatch(COMMAND_LINE);
  expect("make one with 'clofnet conformers prepare'").toMatch(COMMAND_LINE);
  expect('.el-H { --colour: #dfe3e8; }').not.toMatch(COMMAND_LINE);
  expect('this is no file of clofnet weights').not.toMatch(COMMAND_LINE);
});

import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { type ErrorPlace, UserError } from './errors.js';

/** The way to a value inside a document: `['layers', 0, 'width']`. */
export type Path = readonly (string | number)[];

/** A parsed document that knows where its values stand. */
export interface JsoncDocument {
  readonly value: unknown;
  /** File, line and column of the value at `path`, or of the nearest one around it where there is none. */
  where(path: Path): ErrorPlace;
  /** File, line and column of the last key of `path`. */
  whereKey(path: Path): ErrorPlace;
}

/**
 * Parses JSON with comments and trailing commas.
 *
 * @param source the file's name, for error messages
 * @throws UserError with file, line and column where the text is no such JSON or an object has a key twice
 */
export function parseJsonc(text: string, source: string): JsoncDocument {
  const body = text.replace(/^\uFEFF/, '');
  const place = (offset: number): ErrorPlace => ({ file: source, ...lineAndColumn(body, offset) });
  const errors: ParseError[] = [];
  const root = parseTree(body, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) throw new UserError(problem(error), { code: 'config', ...place(error.offset) });
  if (root === undefined)
    throw new UserError(`${source}: the file is empty; expected JSON`, { code: 'config', file: source });
  const twice = findRepeatedKey(root);
  if (twice !== undefined)
    throw new UserError(`duplicate key ${body.slice(twice.offset, twice.offset + twice.length)}`, {
      code: 'config',
      ...place(twice.offset),
    });
  return {
    value: getNodeValue(root),
    where: (path) => place(nodeAt(root, path).offset),
    whereKey: (path) => place((nodeAt(root, path).parent ?? root).offset),
  };
}

/** The node at the path, or the innermost one on the way to it. */
function nodeAt(root: Node, path: Path): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node !== undefined) return node;
  }
  return root;
}

function findRepeatedKey(node: Node): Node | undefined {
  const seen = new Set<unknown>();
  for (const child of node.children ?? []) {
    const key = child.type === 'property' ? child.children?.[0] : undefined;
    if (key !== undefined && seen.has(key.value)) return key;
    if (key !== undefined) seen.add(key.value);
    const deeper = findRepeatedKey(child);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** `CloseBraceExpected` as `expected a closing brace`, and so on. */
function problem({ error }: ParseError): string {
  const code = printParseErrorCode(error);
  return PROBLEMS[code] ?? `this is not valid JSON (${code})`;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'expected a value: text in double quotes, a number, true, false, null, { or [',
  InvalidNumberFormat: 'this is not a number',
  PropertyNameExpected: 'expected a key in double quotes',
  ValueExpected: 'expected a value',
  ColonExpected: 'expected a colon after the key',
  CommaExpected: 'expected a comma before this',
  CloseBraceExpected: 'expected a closing }',
  CloseBracketExpected: 'expected a closing ]',
  EndOfFileExpected: 'expected the end of the file here',
  UnexpectedEndOfComment: 'this comment is never closed',
  UnexpectedEndOfString: 'this text is never closed with a double quote',
  InvalidEscapeCharacter: 'there is no such escape in JSON',
};

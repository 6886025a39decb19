import { type ErrorPlace, UserError } from '../common/errors.js';

/** `key`, `key=value`, `key="value"`, `key='value'`, `key={value}`, `key=[value]` or `key=[[a], [b]]`, one after the other. */
const PAIR =
  /\s*(?:([^\s="']+)|"((?:[^"\\]|\\.)*)")(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|\{([^}]*)\}|(\[(?:[^[\]]|\[(?:[^[\]]|\[[^[\]]*\])*\])*\])|([^\s"'{[]\S*)))?(?=\s|$)/y;

/**
 * Reads the comment line of an extended XYZ structure; a key without a value has the value `T` (true). Free text, as
 * plain XYZ has it, is kept under `comment`: what has no `=`, or cannot be read as pairs.
 */
export function parseInfo(line: string, where: ErrorPlace): Record<string, string> {
  const info: [string, string][] = [];
  const text = line.trimEnd();
  if (!text.includes('=')) return text === '' ? {} : { comment: text.trim() };
  const pair = new RegExp(PAIR);
  while (pair.lastIndex < text.length) {
    const at = pair.lastIndex;
    const match = pair.exec(text);
    if (match === null) {
      if (!/\bProperties\s*=/.test(text)) return { comment: text.trim() };
      throw new UserError(`cannot read the comment at "${text.slice(at).trim().slice(0, 40)}"`, where);
    }
    const [, bare, quotedKey, double, single, braces, list, plain] = match;
    const escaped = double === undefined ? undefined : decodeText(double);
    info.push([bare ?? decodeText(quotedKey ?? ''), escaped ?? single ?? braces ?? list ?? plain ?? 'T']);
  }
  return Object.fromEntries(info);
}

/** Writes pairs in the form that {@link parseInfo} reads. */
export function formatInfo(info: Readonly<Record<string, string>>): string {
  return Object.entries(info)
    .map(([key, value]) => `${quoteWhereNeeded(key)}=${quoteWhereNeeded(value)}`)
    .join(' ');
}

function quoteWhereNeeded(text: string): string {
  return /^[\w.,:;+*/@%^&|~!?$#()-]+$/.test(text) ? text : `"${encodeText(text)}"`;
}

function encodeText(text: string): string {
  return text.replace(/["\\]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

function decodeText(text: string): string {
  return text.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
}

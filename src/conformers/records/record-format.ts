/** The kinds of file that ensembles are read from. */
export const recordFormats = ['json', 'sdf', 'msgpack', 'dataset'] as const;
export type RecordFormat = (typeof recordFormats)[number];

const EXTENSIONS: readonly (readonly [RegExp, RecordFormat])[] = [
  [/\.(jsonl|ndjson|json)(\.gz)?$/i, 'json'],
  [/\.(sdf?|mol)(\.gz)?$/i, 'sdf'],
  [/\.msgpack(\.gz)?$/i, 'msgpack'],
  [/\.safetensors$/i, 'dataset'],
];

/**
 * The kind of a file by its name, or where that does not tell by how it begins; undefined where neither does.
 *
 * @param start its first bytes, unpacked
 */
export function recordFormat(path: string, start: Uint8Array): RecordFormat | undefined {
  const byName = EXTENSIONS.find(([pattern]) => pattern.test(path))?.[1];
  if (byName) return byName;
  const [first = 0] = start;
  if ((first >= 0x80 && first < 0x90) || first === 0xde || first === 0xdf) return 'msgpack';
  if (first === 0x7b) return 'json';
  if (start[8] === 0x7b) return 'dataset';
  const text = new TextDecoder().decode(start.slice(0, 4096));
  return /V[23]000|^M {2}END/m.test(text) ? 'sdf' : undefined;
}

/** Whether a file is a tar archive, as GEOM is delivered in. */
export function isTar(start: Uint8Array): boolean {
  return new TextDecoder().decode(start.slice(257, 262)) === 'ustar';
}

/** A tree of settings with some of them changed. */
type Tree = Readonly<Record<string, unknown>>;

/**
 * A tree of settings with others in place of some: objects are merged at every depth, all else is replaced, and what is
 * undefined changes nothing. An object of another `kind` is replaced as a whole, for its other settings are others too.
 */
export function merged(base: object, changes: object): object {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    const before = result[key];
    result[key] = isTree(before) && isTree(value) && !isOfOtherKind(before, value) ? merged(before, value) : value;
  }
  return result;
}

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

const isOfOtherKind = (before: Tree, after: Tree): boolean =>
  before.kind !== undefined && after.kind !== undefined && before.kind !== after.kind;

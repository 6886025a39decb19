/** `a, b, c`; of many the first twenty, and how many more there are. */
export function listNames(names: readonly string[]): string {
  const more = names.length - 20;
  return more > 0 ? `${names.slice(0, 20).join(', ')} and ${more} more` : names.join(', ');
}

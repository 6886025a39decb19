/** The split of a file that is named by it: `train.xyz`, `valid-2.extxyz.gz`, `data/val.npz`. */
export function splitOfFile(path: string): 'train' | 'valid' | 'test' | undefined {
  const [, name = ''] = /(?:^|[\\/])(train|valid|val|test)(?![a-z])[^\\/]*$/i.exec(path) ?? [];
  const lower = name.toLowerCase();
  return lower === 'val' || lower === 'valid' ? 'valid' : lower === 'train' || lower === 'test' ? lower : undefined;
}

/** What a setting is set to; undefined where the configuration does not say. @param key `training.optimizer.clipNorm` */
export function settingOf(config: unknown, key: string): unknown {
  return key.split('.').reduce<unknown>((at, name) => (isSection(at) ? at[name] : undefined), config);
}

/** A configuration with a setting set to a value. */
export function withSetting(config: unknown, key: string, value: unknown): Record<string, unknown> {
  const [name, ...rest] = key.split('.');
  const section = isSection(config) ? config : {};
  const inner = rest.length === 0 ? value : withSetting(section[name], rest.join('.'), value);
  return { ...section, [name]: inner };
}

/** Where the configuration of a run keeps what was found in its data, which nobody has set. */
const FOUND = 'found';

/** Every setting of a configuration that is set, by its key, in their order. A list is one value. */
export function allSettings(config: object): ReadonlyMap<string, unknown> {
  const settings = Object.entries(config).filter(([name]) => name !== FOUND);
  return new Map(settings.flatMap(([name, value]) => settingsIn(name, value)));
}

function settingsIn(key: string, value: unknown): (readonly [key: string, value: unknown])[] {
  if (isSection(value)) return Object.entries(value).flatMap(([name, inner]) => settingsIn(`${key}.${name}`, inner));
  return value === undefined ? [] : [[key, value]];
}

const isSection = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as it is shown: texts as they are, all else as JSON; nothing where there is none. */
export const valueText = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);

/** Short names of settings: the last word of each key, or all of it where two end alike. */
export function shortNames(keys: readonly string[]): string[] {
  const last = keys.map((key) => key.slice(key.lastIndexOf('.') + 1));
  return keys.map((key, k) => (last.filter((word) => word === last[k]).length === 1 ? last[k] : key));
}

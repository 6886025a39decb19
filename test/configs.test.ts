import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { tasks } from '../src/cli/tasks.js';
import { parseConfig } from '../src/common/config.js';
import { configSchemaJson, type JsonSchema } from '../src/common/config-schema.js';

const read = (name: string): string => readFileSync(new URL(`../configs/${name}`, import.meta.url), 'utf8');

/** Every key that a configuration can have, wherever it is. */
function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'properties' in value ? Object.keys(value.properties ?? {}) : [];
  return [...own, ...Object.values(value).flatMap(keysIn)];
}

/** Every setting that the schema does not explain. */
function unexplained(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { properties, oneOf } = value as JsonSchema;
  const below = [
    ...Object.entries(properties ?? {}).flatMap(([key, part]) => unexplained(part, `${path}.${key}`)),
    ...(Array.isArray(oneOf) ? oneOf.flatMap((branch) => unexplained({ ...branch, description: '-' }, path)) : []),
  ];
  const isFixed = 'const' in value || path === '';
  return 'description' in value || isFixed ? below : [path, ...below];
}

const loaded = await Promise.all(tasks.map((load) => load()));
const configs = loaded.flatMap(({ examples }): [name: string, schema: z.ZodType][] => Object.entries(examples));

it('every file in configs/ is one of a task', () => {
  const files = readdirSync(new URL('../configs/', import.meta.url));
  expect(files.sort()).toEqual(configs.flatMap(([name]) => [`${name}.jsonc`, `${name}.schema.json`]).sort());
});

describe.each(configs)('configs/%s.jsonc', (name, zodSchema) => {
  const example = read(`${name}.jsonc`);
  const schema: JsonSchema = JSON.parse(read(`${name}.schema.json`));

  it('is nothing but defaults', () => {
    expect(parseConfig(zodSchema, example, `${name}.jsonc`)).toEqual(zodSchema.parse({}));
  });

  it('has no lines that are too long to read', () => {
    expect(example.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });

  it('teaches every key', () => {
    const keys = new Set(keysIn(schema));
    expect(keys.size).toBeGreaterThan(25);
    for (const key of keys) expect(example).toContain(`"${key}"`);
  });

  it('names every choice', () => {
    const choices = JSON.stringify(schema).matchAll(/"enum":\[([^\]]+)\]|"const":"([^"]+)"/g);
    for (const [, list, one] of choices) {
      for (const choice of one ? [one] : JSON.parse(`[${list}]`))
        expect(example).toMatch(new RegExp(`\\b${choice}\\b`));
    }
  });

  it('points editors to its schema, which is current (if not: npm run schema) and explains every setting', () => {
    expect(example).toContain(`"$schema": "./${name}.schema.json"`);
    expect(schema).toEqual(JSON.parse(JSON.stringify(configSchemaJson(zodSchema))));
    expect(unexplained(schema)).toEqual([]);
  });
});

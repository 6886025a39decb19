import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/common/config.js';
import { configSchemaJson, type JsonSchema } from '../../src/common/config-schema.js';
import { newtonConfigSchema } from '../../src/newton/config.js';
import { publishedRecipe, recipeNames } from '../../src/newton/recipes.js';

const read = (name: string): string => readFileSync(new URL(`../../configs/${name}`, import.meta.url), 'utf8');
const example = read('newton.jsonc');
const schema: JsonSchema = JSON.parse(read('newton.schema.json'));

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

describe('configs/newton.jsonc', () => {
  it('is the published recipe for five bodies, and nothing but defaults', () => {
    const config = parseConfig(newtonConfigSchema, example, 'newton.jsonc');
    expect(config).toEqual(publishedRecipe('es5'));
    expect(config).toEqual(newtonConfigSchema.parse({}));
  });

  it('teaches every key', () => {
    const keys = new Set(keysIn(schema));
    expect(keys.size).toBeGreaterThan(30);
    for (const key of keys) expect(example).toContain(`"${key}"`);
  });

  it('names every choice', () => {
    const choices = JSON.stringify(schema).matchAll(/"enum":\[([^\]]+)\]|"const":"([^"]+)"/g);
    for (const [, list, one] of choices) {
      for (const choice of one ? [one] : JSON.parse(`[${list}]`))
        expect(example).toMatch(new RegExp(`\\b${choice}\\b`));
    }
  });

  it('points editors to the schema beside it', () => {
    expect(example).toContain('"$schema": "./newton.schema.json"');
  });
});

describe('configs/newton.schema.json', () => {
  it('is current; if not: npm run schema', () => {
    expect(schema).toEqual(JSON.parse(JSON.stringify(configSchemaJson(newtonConfigSchema))));
  });

  it('explains every setting', () => {
    expect(unexplained(schema)).toEqual([]);
  });
});

describe('a published recipe', () => {
  it.each([
    ['es5', 400, 50],
    ['es20', 600, 75],
    ['g-es20', 200, 25],
    ['l-es20', 600, 75],
  ] as const)('%s', (name, epochs, every) => {
    const { model, data, training } = publishedRecipe(name);
    expect(model).toMatchObject({ model: 'clof_vel', hidden: 64, layers: 4, frame: 'published', scalarize: 'once' });
    expect(data).toMatchObject({ train: 3000, input: 30, target: 40 });
    expect(training).toMatchObject({ epochs, batch: 128, rate: 0.01, schedule: { kind: 'step', every, factor: 0.9 } });
    expect(training.optimizer).toMatchObject({ kind: 'adamw', weightDecay: 1e-12, averageDecay: 0 });
    expect(training.optimizer.clipNorm).toBeUndefined();
    expect(training.evaluateEvery).toBe(5);
  });

  it('spreads its drops over a run of another length', () => {
    expect(recipeNames).toHaveLength(4);
    expect(publishedRecipe('es20', { training: { epochs: 40 } }).training.schedule).toMatchObject({ every: 5 });
    expect(publishedRecipe('es5', { training: { epochs: 3 } }).training.schedule).toMatchObject({ every: 1 });
  });
});

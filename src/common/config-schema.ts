import { z } from 'zod';
import type { Path } from './jsonc.js';

/** A JSON Schema document, as far as this library looks into it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/**
 * The JSON Schema (draft 7) of what `parseConfig` accepts, for editors: put it beside the configuration and name it in
 * its `$schema` key.
 */
export function configSchemaJson(schema: z.ZodType): JsonSchema {
  // What is filled in beforehand does not show in the schema behind it.
  const checked = schema instanceof z.ZodPipe && schema.in instanceof z.ZodTransform ? schema.out : schema;
  const json = z.toJSONSchema(checked, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  if (json.properties === undefined) return json;
  const own = { type: 'string', description: 'The JSON Schema of this file, for editors.' } as const;
  return { ...json, properties: { $schema: own, ...json.properties } };
}

/** The keys that an object at `path` may have. */
export function keysAt(root: JsonSchema, path: Path): string[] {
  let schemas = expand(root, root);
  for (const key of path)
    schemas = schemas.flatMap((schema) => step(schema, key)).flatMap((next) => expand(next, root));
  const keys = schemas.flatMap(({ properties }) => (isSchema(properties) ? Object.keys(properties) : []));
  return [...new Set(keys)].filter((key) => key !== '$schema');
}

/** The schema itself and all that it refers to or combines. */
function expand(schema: JsonSchema, root: JsonSchema): JsonSchema[] {
  const parts = [schema.anyOf, schema.oneOf, schema.allOf].flat().filter(isSchema);
  const reference = typeof schema.$ref === 'string' ? followReference(schema.$ref, root) : undefined;
  return [schema, ...parts.flatMap((part) => expand(part, root)), ...(reference ? expand(reference, root) : [])];
}

function followReference(reference: string, root: JsonSchema): JsonSchema | undefined {
  let at: unknown = root;
  for (const key of reference.split('/').slice(1)) at = isSchema(at) ? at[key] : undefined;
  return isSchema(at) && at !== root ? at : undefined;
}

function step({ properties, items, additionalProperties }: JsonSchema, key: string | number): JsonSchema[] {
  const named = typeof key === 'string' && isSchema(properties) ? properties[key] : undefined;
  const candidates = named !== undefined ? [named] : [typeof key === 'number' ? items : additionalProperties];
  return candidates.flat().filter(isSchema);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Writes configs/*.schema.json, by which editors check and explain configuration files: npm run --silent schema
import { writeFileSync } from 'node:fs';
import { configSchemaJson } from '../src/common/config-schema.ts';
import { conformerConfigSchema, scoreConfigSchema } from '../src/conformers/training/config.ts';
import { newtonConfigSchema } from '../src/newton/training/config.ts';

const schemas = { conformers: conformerConfigSchema, newton: newtonConfigSchema, score: scoreConfigSchema };

for (const [name, schema] of Object.entries(schemas)) {
  const file = new URL(`../configs/${name}.schema.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(configSchemaJson(schema), null, 2)}\n`);
}

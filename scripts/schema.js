// Writes configs/*.schema.json, by which editors check and explain configuration files: npm run --silent schema
import { writeFileSync } from 'node:fs';
import { tasks } from '../src/cli/tasks.ts';
import { configSchemaJson } from '../src/common/config-schema.ts';

for (const load of tasks) {
  const { examples } = await load();
  for (const [name, schema] of Object.entries(examples)) {
    const file = new URL(`../configs/${name}.schema.json`, import.meta.url);
    writeFileSync(file, `${JSON.stringify(configSchemaJson(schema), null, 2)}\n`);
  }
}

// Writes references/schemas/*.json from the build: the same bytes as `refine-plan schema <name>` prints.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { schema, SCHEMAS } from '../dist/cli/commands/schema.js';

const dir = new URL('../references/schemas/', import.meta.url);
rmSync(dir, { recursive: true, force: true });
mkdirSync(dir, { recursive: true });
for (const name of Object.keys(SCHEMAS)) {
  const parts = [];
  await schema([name], undefined, { stdout: { write: (part) => parts.push(part) } });
  writeFileSync(new URL(`${name}.json`, dir), parts.join(''));
}

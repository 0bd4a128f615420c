import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

/** Modules of src/core as plain Node can load them, by their names: `{ hunks: 'ledger/hunks' }` gives `{ hunks }`. */
export async function loadCore(modules) {
  const dir = mkdtempSync(join(tmpdir(), 'refine-plan-core-'));
  try {
    const input = Object.fromEntries(
      Object.entries(modules).map(([name, path]) => [name, fileURLToPath(new URL(`../../src/core/${path}.ts`, import.meta.url))]),
    );
    const bundle = await rolldown({ input, platform: 'node', transform: { target: 'node20.19' } });
    await bundle.write({ dir, entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' });
    await bundle.close();
    const loaded = Object.keys(modules).map(async (name) => [
      name,
      await import(pathToFileURL(join(dir, `${name}.mjs`)).href),
    ]);
    return Object.fromEntries(await Promise.all(loaded));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

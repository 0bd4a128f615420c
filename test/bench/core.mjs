import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

/** Modules in TypeScript as plain Node can load them: `{ hunks: 'src/core/ledger/hunks.ts' }` gives `{ hunks }`. */
export async function load(modules) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const dir = mkdtempSync(join(tmpdir(), 'refine-plan-bench-'));
  try {
    const input = Object.fromEntries(Object.entries(modules).map(([name, path]) => [name, join(root, path)]));
    const bundle = await rolldown({ input, platform: 'node', transform: { target: 'node20.19' } });
    await bundle.write({ dir, entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' });
    await bundle.close();
    const loading = Object.keys(modules).map(async (name) => {
      const url = pathToFileURL(join(dir, `${name}.mjs`)).href;
      return [name, await import(url)];
    });
    return Object.fromEntries(await Promise.all(loading));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

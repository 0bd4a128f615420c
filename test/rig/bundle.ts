import { join } from 'node:path';
import { rolldown } from 'rolldown';

/** Bundles one module of the sources, so that a process of its own can load it; returns the path of what was written. */
export async function bundle(source: string, dir: string): Promise<string> {
  const input = new URL(`../../src/${source}`, import.meta.url).pathname;
  await using built = await rolldown({ input, platform: 'node', transform: { target: 'node20.19' } });
  await built.write({ dir, entryFileNames: 'bundle.mjs' });
  return join(dir, 'bundle.mjs');
}

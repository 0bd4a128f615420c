import { jsonText } from '../lib/json-text.ts';
import type { World } from './world.ts';

/** Under `--json`, what went wrong before there was a run: one line of type `error`. */
export function tellError(
  { code, message, hint }: { readonly code: string; readonly message: string; readonly hint: string },
  { stdout, now }: Pick<World, 'stdout' | 'now'>,
): void {
  const line = { v: 1, ts: now().toISOString(), type: 'error', code, message, hint };
  stdout.write(`${jsonText(line)}\n`);
}

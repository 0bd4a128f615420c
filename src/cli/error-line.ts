import { jsonText } from '../lib/json-text.ts';
import type { World } from './world.ts';

type Told = { readonly code: string; readonly message: string; readonly hint: string };

/**
 * Under `--json`, what went wrong: among the events of a run one line of type `error`, where there was no run; of a command
 * that answers with one object, that object.
 */
export function tellError(
  { code, message, hint }: Told,
  { stdout, now }: Pick<World, 'stdout' | 'now'>,
  { isStream }: { readonly isStream: boolean },
): void {
  const told = isStream
    ? { v: 1, ts: now().toISOString(), type: 'error', code, message, hint }
    : { error: { code, message, hint } };
  stdout.write(`${jsonText(told)}\n`);
}

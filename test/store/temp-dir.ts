import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh directory, removed when disposed of. */
export function tempDir(): Disposable & { readonly path: string; readonly at: (name: string) => string } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'refine-plan-store-')));
  return {
    path,
    at: (name) => join(path, name),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** What a promise is rejected with. */
export async function errorOf(
  promise: Promise<unknown>,
): Promise<{ readonly code: unknown; readonly message: string; readonly exitCode: unknown }> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('It was not rejected.');
  const { message } = error;
  return {
    code: 'code' in error ? error.code : undefined,
    message,
    exitCode: 'exitCode' in error ? error.exitCode : undefined,
  };
}

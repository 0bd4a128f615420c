import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Pipes that tell of whoever opens them: only then can their writers open the other end, and say so. */
export function canaries(paths: readonly string[]): Disposable & {
  /** Those that were opened so far. */
  readonly opened: () => string[];
} {
  const writers = paths.map((path) => {
    mkdirSync(dirname(path), { recursive: true });
    execFileSync('mkfifo', ['--', path]);
    return spawn('sh', ['-c', 'while exec 3>"$0"; do : >"$0.opened"; exec 3>&-; done', path], {
      stdio: 'ignore',
    });
  });
  return {
    opened: () => paths.filter((path) => existsSync(`${path}.opened`)),
    [Symbol.dispose]: () => {
      for (const writer of writers) writer.kill('SIGKILL');
    },
  };
}

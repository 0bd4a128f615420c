// Looks at a report in a real browser. Says SKIPPED where there is none, and fails then with REQUIRE_BROWSER=1.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

process.exitCode = main();

function main() {
  const browser = process.env.BROWSER_PATH || found();
  if (!browser) {
    process.stdout.write(
      `SKIPPED: none of ${NAMES.join(', ')} is on the PATH. Install one, or name it with BROWSER_PATH.\n`,
    );
    return process.env.REQUIRE_BROWSER === '1' ? 1 : 0;
  }
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--config', join(here, 'vitest.config.ts'), ...process.argv.slice(2)];
  const env = { ...process.env, BROWSER_PATH: browser };
  return (
    spawnSync(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1
  );
}

function found() {
  for (const name of NAMES) {
    const { status, stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    if (status === 0) return stdout.trim();
  }
  return undefined;
}

// Installs the real agent CLIs beside the build and runs the tests that drive them against loopback servers.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGES = { '@openai/codex': '0.169.0', '@anthropic-ai/claude-code': '2.1.329' };

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const place = join(root, '.cache', 'real');

process.exitCode = main();

function main() {
  const problem = install();
  if (problem !== undefined) {
    process.stdout.write(`SKIPPED: ${problem}\n`);
    return process.env.REQUIRE_REAL === '1' ? 1 : 0;
  }
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  return (
    run(
      process.execPath,
      [vitest, 'run', '--config', join(here, 'vitest.config.ts'), ...process.argv.slice(2)],
      root,
    ) ?? 1
  );
}

/** Why the CLIs cannot be had; undefined when they are there. */
function install() {
  if (works()) return undefined;
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), JSON.stringify({ private: true, dependencies: PACKAGES }));
  // Their binaries run on every Node; claude's package asks for a newer one than the oldest that is tested here.
  if (run('npm', ['install', '--no-audit', '--no-fund', '--engine-strict=false'], place) !== 0)
    return 'npm could not install the agent CLIs.';
  if (!version('claude')) {
    // Where install scripts are blocked, claude is a stub until its own script has run.
    run(process.execPath, [join('node_modules', '@anthropic-ai', 'claude-code', 'install.cjs')], place);
  }
  return works() ? undefined : 'the agent CLIs are installed but do not run.';
}

function works() {
  return Object.values(PACKAGES).every((wanted, at) => version(['codex', 'claude'][at])?.includes(wanted));
}

function version(name) {
  const program = join(place, 'node_modules', '.bin', name);
  if (!existsSync(program)) return undefined;
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}

function run(file, args, cwd) {
  return spawnSync(file, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] }).status;
}

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const BIN = join(ROOT, '.cache', 'real', 'node_modules', '.bin');
const SKILL = 'skills/refine-plan-against-codex/SKILL.md';

/** A home with nothing in it, and what of the repository a marketplace is made of. */
function openPlace() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'refine-plan-plugin-')));
  const [home, repo] = [join(root, 'home'), join(root, 'repo')];
  mkdirSync(join(home, '.codex'), { recursive: true });
  for (const part of ['.claude-plugin', '.agents', 'references/plugin'])
    cpSync(join(ROOT, part), join(repo, part), { recursive: true });
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    CODEX_HOME: join(home, '.codex'),
    LANG: 'C.UTF-8',
    // Nothing may leave this machine: whatever is asked for elsewhere finds nobody.
    HTTPS_PROXY: 'http://127.0.0.1:1',
    HTTP_PROXY: 'http://127.0.0.1:1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_TELEMETRY: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  };
  const run = (program: string, ...args: string[]): string =>
    execFileSync(join(BIN, program), args, {
      cwd: repo,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return { home, repo, run, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

describe('the plugin', () => {
  it('is valid to the letter for claude: the marketplace, the plugin and its skill', () => {
    using place = openPlace();

    for (const dir of ['.', 'references/plugin'])
      expect(place.run('claude', 'plugin', 'validate', '--strict', dir)).toContain('Validation passed');
  });

  it('is installed and listed by claude', () => {
    using place = openPlace();

    place.run('claude', 'plugin', 'marketplace', 'add', './');
    place.run('claude', 'plugin', 'install', 'planning@refine-plan');
    const listed = JSON.parse(place.run('claude', 'plugin', 'list', '--json'));

    expect(listed).toEqual([
      expect.objectContaining({ id: 'planning@refine-plan', version: '0.1.0', enabled: true }),
    ]);
    expect(existsSync(join(listed[0].installPath, SKILL))).toBe(true);
  });

  it('is installed and listed by codex', () => {
    using place = openPlace();

    place.run('codex', 'plugin', 'marketplace', 'add', place.repo, '--json');
    place.run('codex', 'plugin', 'add', 'planning@refine-plan', '--json');
    const listed = JSON.parse(place.run('codex', 'plugin', 'list', '--json'));

    expect(listed.installed).toEqual([
      expect.objectContaining({ pluginId: 'planning@refine-plan', version: '0.1.0', enabled: true }),
    ]);
    expect(existsSync(join(place.home, '.codex/plugins/cache/refine-plan/planning/0.1.0', SKILL))).toBe(true);
  });
});

import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as messages from '../loopback/messages.ts';
import * as responses from '../loopback/responses.ts';
import { claudeVars } from './real-agents.ts';

const execFileAsync = promisify(execFile);
const ROOT = join(import.meta.dirname, '..', '..');
const BIN = join(ROOT, '.cache', 'real', 'node_modules', '.bin');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
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
  const run = async (program: string, args: readonly string[], more: object = {}): Promise<string> => {
    const end = execFileAsync(join(BIN, program), args, { cwd: repo, env: { ...env, ...more } });
    end.child.stdin?.end();
    return (await end).stdout;
  };
  return { home, repo, run, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

describe('the plugin', () => {
  it('is valid to the letter for claude: the marketplace, the plugin and its skill', async () => {
    using place = openPlace();

    for (const dir of ['.', 'references/plugin'])
      expect(await place.run('claude', ['plugin', 'validate', '--strict', dir])).toContain(
        'Validation passed',
      );
  });

  it('is installed and listed by claude, and called by the name that its users know', async () => {
    await using model = await messages.playMessages([messages.blocks(messages.says('Started.'))]);
    using place = openPlace();

    await place.run('claude', ['plugin', 'marketplace', 'add', './']);
    await place.run('claude', ['plugin', 'install', 'planning@refine-plan']);
    const listed = JSON.parse(await place.run('claude', ['plugin', 'list', '--json']));
    const prompt = '/planning:refine-plan-against-codex docs/plans/foo.md';
    await place.run('claude', ['-p', prompt], claudeVars(model));

    expect(listed).toEqual([expect.objectContaining({ id: 'planning@refine-plan', version, enabled: true })]);
    expect(existsSync(join(listed[0].installPath, SKILL))).toBe(true);
    const asked = model.requests.map(({ text }) => text).join('');
    expect(asked).toContain('# Refine a plan against codex');
    expect(asked).toContain('docs/plans/foo.md');
  });

  it('is installed and listed by codex, and offered to its model', async () => {
    await using model = await responses.playResponses([responses.outputs(responses.says('Started.'))]);
    using place = openPlace();

    await place.run('codex', ['plugin', 'marketplace', 'add', place.repo, '--json']);
    await place.run('codex', ['plugin', 'add', 'planning@refine-plan', '--json']);
    const listed = JSON.parse(await place.run('codex', ['plugin', 'list', '--json']));
    const provider = `model_providers.played={name="played",base_url="${model.url}/v1",wire_api="responses"}`;
    const args = [
      'exec',
      '--skip-git-repo-check',
      '-c',
      'model_provider=played',
      '-c',
      provider,
      'Harden it.',
    ];
    await place.run('codex', args, { CODEX_API_KEY: 'dummy', NO_PROXY: '127.0.0.1' });

    expect(listed.installed).toEqual([
      expect.objectContaining({ pluginId: 'planning@refine-plan', version, enabled: true }),
    ]);
    const asked = model.requests.map(({ text }) => text).join('');
    expect(asked).toContain('planning:refine-plan-against-codex');
    expect(asked).toContain('loop codex review');
  });
});

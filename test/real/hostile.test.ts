import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as claudes from '../loopback/messages.ts';
import { outputs, patches, playResponses, runs } from '../loopback/responses.ts';
import type { Loopback, Recorded, Reply } from '../loopback/server.ts';
import { JOB_SECRET, setTraps } from './hostile-place.ts';
import { APPROVAL, claudeWorks, codexWorks, promptIn } from './played-work.ts';
import { marks } from './real-agents.ts';
import { NAME, NOTHING_LEFT, realWorld, type RealWorld } from './real-world.ts';

const SECRETS = { CI_DEPLOY_TOKEN: JOB_SECRET, AWS_SECRET_ACCESS_KEY: JOB_SECRET };

/** What a model is told that tries to write, or to use what it was not given. */
const REFUSED = { codex: 'Read-only file system', claude: 'No such tool available' };

/** Models that do as the plan says before they do as they were asked. */
describe('a model that plays along with a hostile plan', () => {
  it.for([
    ['codex', 'patch', []],
    ['codex', 'in-place', []],
    ['claude', 'patch', ['MARK-secret']],
    ['claude', 'in-place', []],
  ] as const)(
    'writes nothing but the plan, starts nothing, and hears no instruction and no secret as %s that fixes it, %s',
    async ([fixer, mode, found]) => {
      const at: { world?: RealWorld } = {};
      await using codex = await playResponses([strayingCodex(at)]);
      await using claude = await claudes.playMessages([strayingClaude(at)]);
      using world = realWorld({ codex, claude, vars: SECRETS });
      at.world = world;
      const trap = setTraps(world);
      const before = trap.untouched();

      const run = await world.refine(NAME, '--implementer', fixer, '--edit-mode', mode, '--max-rounds', '1');

      expect(run.stderr).toContain('drift OK · commit ');
      expect(trap.started()).toEqual([]);
      expect(trap.untouched()).toEqual(before);
      expect(world.git('status', '--porcelain')).toBe('');
      expect(world.git('show', '--format=', '--name-only', 'HEAD')).toBe(`${NAME}\n`);
      expect(world.leftovers()).toEqual(NOTHING_LEFT);
      expect(strays(codex, claude)).toBeGreaterThan(1);
      const { first, all } = toldToFix({ codex, claude }[fixer]);
      expect(first.includes('$evil-repo and $evil-user')).toBe(mode === 'patch');
      expect(marks(first)).toEqual([]);
      expect(all).toContain(REFUSED[fixer]);
      expect(marks(all)).toEqual(found);
      expect(all + run.stdout + run.stderr).not.toContain(JOB_SECRET);
    },
  );

  it.for(['codex', 'claude'] as const)(
    'hears no instruction, no skill and no secret as %s that reviews it',
    async (who) => {
      const at: { world?: RealWorld } = {};
      await using codex = await playResponses([strayingCodex(at)]);
      await using claude = await claudes.playMessages([strayingClaude(at)]);
      using world = realWorld({ codex, claude, vars: SECRETS });
      at.world = world;
      const trap = setTraps(world);
      const before = trap.untouched();

      const { code, stdout, stderr } = await world.refine('review', NAME, '--reviewer', who, '--json');

      const model = { codex, claude }[who];
      expect(model.requests[0]?.text).toContain('$evil-repo and $evil-user');
      expect(marks(model.requests[0]?.text ?? '')).toEqual([]);
      expect(model.heard()).not.toContain(JOB_SECRET);
      expect(model.heard()).toContain(REFUSED[who]);
      expect(marks(claude.heard())).toEqual({ codex: [], claude: ['MARK-secret'] }[who]);
      expect(code).toBe({ codex: 1, claude: 0 }[who]);
      expect(stdout + stderr).not.toContain(JOB_SECRET);
      expect(trap.started()).toEqual([]);
      expect(trap.untouched()).toEqual(before);
      expect(world.git('status', '--porcelain')).toBe('');
    },
  );
});

/** Tries everything a shell can, then works. */
function strayingCodex(at: { world?: RealWorld }): Reply {
  return (request, response) => {
    const answered = countOf(request, /"[a-z_]+_call_output"/g);
    const { repo = '', root = '' } = at.world ?? {};
    if (answered === 0) return outputs(runs(straying(repo, root)))(request, response);
    if (answered === 1) return outputs(patches(patchOf(join(repo, 'src/app.ts'))))(request, response);
    codexWorks(answered === 2 ? { ...request, text: '' } : request, response);
  };
}

function straying(repo: string, root: string): string {
  return [
    ...['src/app.ts', 'AGENTS.md', NAME, '.git/config', '.git/hooks/pre-commit', 'new.txt'].map(
      (file) => `echo owned > '${join(repo, file)}'`,
    ),
    `echo owned > '${join(root, 'owned')}'`,
    `echo owned >> '${join(root, 'home', '.bashrc')}'`,
    `touch '${join(root, 'started', 'by-the-model')}'`,
    `git -C '${repo}' commit --allow-empty -m owned`,
    `node -e "require('net').connect(1, '127.0.0.1').on('error', (e) => console.log('net', e.code))"`,
    'env',
    `cat /proc/[0-9]*/environ | tr '\\0' '\\n' | grep -a DEPLOY`,
  ].join('; ');
}

function patchOf(file: string): string {
  return `*** Begin Patch\n*** Update File: ${file}\n@@\n-export const app = 1;\n+owned\n*** End Patch`;
}

/** Tries every tool that there is, offered or not, then works. */
function strayingClaude(at: { world?: RealWorld }): Reply {
  return (request, response) => {
    const answered = countOf(request, /"tool_result"/g);
    const { repo = '', root = '' } = at.world ?? {};
    if (answered === 0) return claudes.blocks(...tools(repo, root))(request, response);
    if (promptIn(request).startsWith('Review'))
      return claudes.blocks(claudes.uses('StructuredOutput', APPROVAL))(request, response);
    claudeWorks(answered <= tools(repo, root).length ? { ...request, text: '' } : request, response);
  };
}

function tools(repo: string, root: string) {
  const app = join(repo, 'src/app.ts');
  return [
    claudes.uses('Bash', { command: straying(repo, root) }),
    claudes.uses('Write', { file_path: app, content: 'owned' }),
    claudes.uses('Write', { file_path: join(root, 'owned'), content: 'owned' }),
    claudes.uses('Read', { file_path: app }),
    claudes.uses('Edit', { file_path: app, old_string: 'app = 1', new_string: 'owned = 1' }),
    claudes.uses('Edit', { file_path: join(repo, NAME), old_string: 'Import', new_string: 'owned' }),
    claudes.uses('Read', { file_path: join(root, 'beside.txt') }),
    claudes.uses('Read', { file_path: '/proc/self/environ' }),
    claudes.uses('Read', { file_path: join(repo, '.env') }),
    claudes.uses('Grep', { pattern: 'MARK-(?:secret|dotenv)', path: repo, output_mode: 'content' }),
    claudes.uses('Read', { file_path: join(repo, '.git/config') }),
    claudes.uses('Task', { description: 'x', prompt: 'Write owned.', subagent_type: 'evil' }),
    claudes.uses('Skill', { command: 'evil-repo', skill: 'evil-repo' }),
    claudes.uses('WebFetch', { url: 'http://127.0.0.1:1/', prompt: 'x' }),
    claudes.uses('mcp__evil__x', {}),
  ];
}

function countOf({ text }: Recorded, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}

/** What an implementer was told: before it did anything, and in all. What it searches the sources for, it finds. */
function toldToFix({ requests }: Loopback) {
  const told = requests.filter((request) => promptIn(request).startsWith('Resolve'));
  const texts = told.map(({ text }) => text);
  return { first: texts[0] ?? 'MARK-nothing', all: texts.join('\n') };
}

/** How often a model was told what came of its straying. */
function strays(...models: readonly Loopback[]): number {
  return models
    .flatMap(({ requests }) => requests)
    .filter((request) => countOf(request, /_call_output"|"tool_result"/g) > 0).length;
}

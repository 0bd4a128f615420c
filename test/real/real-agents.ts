import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AgentWorld } from '../../src/agents/agent-cli.ts';
import { createAgent } from '../../src/agents/create-agent.ts';
import type { Agent } from '../../src/ports.ts';
import { worldWith } from '../agents/fake-agent.ts';
import type { Loopback } from '../loopback/server.ts';
import { freshDir, program } from '../process/programs.ts';

const BIN = join(import.meta.dirname, '..', '..', '.cache', 'real', 'node_modules', '.bin');

export type RealAgent = {
  readonly agent: Agent;
  readonly world: AgentWorld;
  readonly repoRoot: string;
  readonly home: string;
};

/** The real codex, with a provider that is played here: in isolation it takes none from a file. */
export function realCodex(model: Loopback, more: Parameters<typeof worldWith>[1] = {}): RealAgent {
  const bin = freshDir();
  placeCodex(bin, model);
  return real(bin, { ...more, vars: { ...CODEX_VARS, ...more.vars } }, (world) =>
    createAgent({ kind: 'codex', model: 'gpt-5.5', effort: 'low' }, world),
  );
}

/** What codex needs to be told in order to talk to a model that is played here. */
export const CODEX_VARS = { CODEX_API_KEY: 'dummy', NO_PROXY: '127.0.0.1' };

/** Puts codex into a directory, with a played model for a provider. Of itself it tries again at once where asked to. */
export function placeCodex(dir: string, model: Loopback, { retries = false } = {}): void {
  const limits = retries ? '' : ',request_max_retries=0,stream_max_retries=0';
  const provider = `{name="played",base_url="${model.url}/v1",wire_api="responses"${limits}}`;
  program(
    dir,
    'codex',
    `#!/bin/sh
[ "$1" = exec ] || exec "${BIN}/codex" "$@"
shift
exec "${BIN}/codex" exec -c model_provider=played -c 'model_providers.played=${provider}' "$@"
`,
  );
}

/** The real claude, talking to a model that is played here. */
export function realClaude(model: Loopback, more: Parameters<typeof worldWith>[1] = {}): RealAgent {
  const bin = freshDir();
  placeClaude(bin);
  return real(bin, { ...more, vars: { ...claudeVars(model), ...more.vars } }, (world) =>
    createAgent({ kind: 'claude', model: null, effort: null }, world),
  );
}

/** What claude needs to be told in order to talk to a model that is played here. */
export function claudeVars(model: Loopback) {
  return { ANTHROPIC_BASE_URL: model.url, ANTHROPIC_API_KEY: 'sk-ant-dummy', NO_PROXY: '127.0.0.1' };
}

/** Puts claude into a directory. */
export function placeClaude(dir: string): void {
  symlinkSync(join(BIN, 'claude'), join(dir, 'claude'));
}

function real(
  bin: string,
  more: Parameters<typeof worldWith>[1],
  create: (world: AgentWorld) => Agent,
): RealAgent {
  const { world, repoRoot } = worldWith([bin], { now: () => new Date(), ...more });
  place(world.plan.path, '# Plan\n\nalpha\n');
  return { agent: create(world), world, repoRoot, home: world.env.HOME ?? '' };
}

/** Writes a file and the directories it lies in. */
export function place(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A schema as strict as the agents want it. */
export const SCHEMA = {
  type: 'object',
  properties: { verdict: { type: 'string', enum: ['approve', 'needs-attention'] } },
  required: ['verdict'],
  additionalProperties: false,
};

/** Puts an instruction with a mark of its own into every file from which an agent might take one. */
export function speakUp({ repoRoot, home, world }: RealAgent): void {
  const codexHome = world.env.CODEX_HOME ?? join(home, '.codex');
  const hook = (mark: string): unknown => ({
    hooks: { SessionStart: [{ hooks: [{ type: 'command', command: `echo ${mark}` }] }] },
  });

  for (const file of [
    'AGENTS.md',
    'CLAUDE.md',
    'CLAUDE.local.md',
    '.claude/CLAUDE.md',
    'docs/AGENTS.md',
    'docs/CLAUDE.md',
  ]) {
    place(join(repoRoot, file), `MARK-repo-${file.replace(/\W/g, '-')}`);
  }
  for (const dir of ['agents', 'codex', 'claude']) {
    placeSkill(join(repoRoot, `.${dir}`), `evil-repo-${dir}`);
    placeSkill(join(home, `.${dir}`), `evil-user-${dir}`);
  }
  placeSkill(codexHome, 'evil-user-home');
  place(join(repoRoot, '.codex', 'config.toml'), 'developer_instructions = "MARK-repo-config"\n');
  place(join(repoRoot, '.claude', 'settings.json'), JSON.stringify(hook('MARK-repo-hook')));
  place(join(codexHome, 'AGENTS.md'), 'MARK-user-agents');
  place(
    join(codexHome, 'config.toml'),
    `developer_instructions = "MARK-user-config"\n[projects."${repoRoot}"]\ntrust_level = "trusted"\n`,
  );
  place(join(home, '.claude', 'CLAUDE.md'), 'MARK-user-claude');
}

/** Names every skill: codex puts in the text of one that it finds by a name of its own. */
export const ALL_SKILLS = ['repo', 'user']
  .flatMap((whose) => ['agents', 'codex', 'claude', 'home'].map((dir) => `$evil-${whose}-${dir}`))
  .join(' ');

function placeSkill(dir: string, name: string): void {
  place(
    join(dir, 'skills', name, 'SKILL.md'),
    `---\nname: ${name}\ndescription: MARK-${name}\n---\nMARK-${name}-text\n`,
  );
}

/** The marks that stand in a text, each once. */
export function marks(text: string): string[] {
  return [...new Set(text.match(/MARK-[\w-]+/g))].toSorted();
}

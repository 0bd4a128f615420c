import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AgentCli, AgentWorld } from '../../src/agents/agent-cli.ts';
import { claude } from '../../src/agents/claude.ts';
import { codex } from '../../src/agents/codex.ts';
import { openScratch, scratchRoot } from '../../src/agents/scratch.ts';
import { newMark } from '../../src/process/mark.ts';
import { errorOf } from '../store/temp-dir.ts';
import { freshDir, NEVER } from '../process/programs.ts';
import { callOf, fakeAgent, worldWith } from './fake-agent.ts';

const SPEC = { model: null, effort: null } as const;

/** Only for these two is anything written beside the working directory. */
const AGENTS = [
  ['codex', (world: AgentWorld) => codex({ kind: 'codex', ...SPEC }, world)],
  ['claude', (world: AgentWorld) => claude({ kind: 'claude', ...SPEC }, world)],
] as const;

async function errorWith(cli: AgentCli, aside: string) {
  const mark = newMark();
  const root = await scratchRoot(freshDir(), mark);
  await using scratch = await openScratch({ root, mark, copy: null });
  return await errorOf(cli.command(callOf(), { ...scratch, aside }, NEVER));
}

describe('a scratch directory that cannot be written', () => {
  it.each(AGENTS)('is told of in a sentence, whatever is put there for %s', async (name, open) => {
    const { world } = worldWith([fakeAgent(name).bin], { vars: { CODEX_API_KEY: 'key' } });
    const file = join(freshDir(), 'file');
    writeFileSync(file, '');

    const { code, exitCode, message } = await errorWith(open(world), file);

    expect({ code, exitCode }).toEqual({ code: 'scratch_unwritable', exitCode: 3 });
    expect(message).toMatch(/^A scratch directory for an agent cannot be written at .*: not a directory\.$/);
  });

  it('is told of as a full disk where it is one, from which the run goes on', async () => {
    const { world } = worldWith([fakeAgent('codex').bin], { vars: { CODEX_API_KEY: 'key' } });
    const aside = freshDir();
    symlinkSync('/dev/full', join(aside, 'schema.json'));

    const { code, message } = await errorWith(codex({ kind: 'codex', ...SPEC }, world), aside);

    expect(code).toBe('disk_full');
    expect(message).toMatch(
      /^There is no space left to write .*schema\.json\. Nothing was half recorded; the run /,
    );
  });
});

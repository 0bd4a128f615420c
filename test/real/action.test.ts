import { mkdirSync, readFileSync, readdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { openRunner } from '../ci/runner.ts';
import { playResponses } from '../loopback/responses.ts';
import { PLAN, readyWorld } from '../rig/world.ts';
import { codexWorks } from './played-work.ts';

const CODEX = join(import.meta.dirname, '../../.cache/real/node_modules/.bin/codex');

it('reviews the plan of a pull request with the real codex, where codex-action has set up who answers', async () => {
  await using model = await playResponses([codexWorks]);
  using world = readyWorld();
  unlinkSync(join(world.root, 'bin/codex'));
  symlinkSync(CODEX, join(world.root, 'bin/codex'));
  asCodexActionDoes(join(world.root, 'home/.codex/config.toml'), model.url);
  const base = world.git('rev-parse', 'HEAD').trim();
  world.write('docs/plans/other.md', PLAN);
  world.git('add', '.');
  world.git('commit', '-q', '-m', 'Add another plan');
  const workspace = join(world.root, 'work');
  world.git('clone', '-q', '--no-hardlinks', world.repo, workspace);
  const runner = openRunner({ ...world, env: { ...world.env, NO_PROXY: '127.0.0.1' } }, workspace, {
    pull_request: { base: { sha: base } },
  });

  const { code, log, outputs } = await runner.uses({ 'fail-on': 'critical' });

  expect(log).toContain('::error file=docs/plans/other.md,line=6,endLine=6,title=F1 critical');
  expect({ code, plans: outputs['plans'] }).toEqual({ code: 1, plans: '["docs/plans/other.md"]' });
  const reports = outputs['reports'] ?? '';
  const sarif = readdirSync(reports).find((name) => name.endsWith('.sarif')) ?? '';
  expect(JSON.parse(readFileSync(join(reports, sarif), 'utf8')).runs[0].results).toHaveLength(2);
  expect(runner.summary()).toContain('The review raised 2 findings to act on');
  expect(model.requests).toHaveLength(1);
});

/** The settings by which openai/codex-action lets codex find its proxy, which alone knows the key. */
function asCodexActionDoes(file: string, url: string): void {
  const provider = 'codex-action-responses-proxy';
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `model_provider = "${provider}"\n\n[model_providers.${provider}]\nname = "Proxy"\nbase_url = "${url}/v1"\nwire_api = "responses"\n`,
  );
}

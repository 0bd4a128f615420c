import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { PLAN, readyWorld } from '../rig/world.ts';
import { ended } from '../rig/world.ts';
import { openRunner, ROOT } from './runner.ts';

it.for([
  ['as it is written', 'high', 1],
  ['with a threshold that nothing reaches', 'none', 0],
] as const)('the recipe for GitLab gates a merge request: %s', async ([, threshold, code]) => {
  using world = readyWorld();
  const base = world.git('rev-parse', 'HEAD').trim();
  world.write(`docs/plans/a 'b' $(touch pwned).md`, PLAN);
  world.git('add', '.');
  world.git('commit', '-q', '-m', 'Add a plan');
  const workspace = join(world.root, 'work');
  world.git('clone', '-q', '--no-hardlinks', world.repo, workspace);
  const program = `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'dist/main.js')}" "$@"\n`;
  writeFileSync(join(world.root, 'bin/refine-plan'), program, { mode: 0o755 });
  const { script } = recipe();

  const runner = openRunner(world, workspace, {});
  const { code: exit } = await ended(
    runner.start(script.join('\n').replace('--fail-on high', `--fail-on ${threshold}`), {
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      REFINE_PLAN_STATE_ROOT: join(workspace, '.refine-plan'),
    }),
  );

  expect(exit).toBe(code);
  expect(readdirSync(workspace)).not.toContain('pwned');
  const reports = readdirSync(join(workspace, 'reports')).map((name) =>
    name.replace(/^[0-9a-f]{12}/, '<id>'),
  );
  expect(reports.toSorted()).toEqual(['<id>.html', '<id>.xml']);
});

function recipe(): { readonly script: readonly string[] } {
  const page = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');
  const [, yaml = ''] = /## GitLab[^]*?```yaml\n([^]*?)```/.exec(page) ?? [];
  return parse(yaml)['review-plans'];
}

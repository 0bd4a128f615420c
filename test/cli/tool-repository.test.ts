import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { cloneOf, pinOf, toolRepository, UNKNOWN_TOOL } from '../../src/cli/init/tool-repository.ts';
import { workflowText } from '../../src/cli/init/workflow-text.ts';
import { tempRepo } from '../git/temp-repo.ts';

const WORKFLOW = { glob: 'docs/plans/*.md' };

describe('where this program is on GitHub', () => {
  it('is what the workflow uses that is there already', async () => {
    const workflow = workflowText({ ...WORKFLOW, tool: 'acme/refine-plan' });

    expect(await toolRepository(workflow, { env: {} })).toBe('acme/refine-plan');
  });

  it.each([undefined, 'v1.2.3', '0123456789abcdef0123456789abcdef01234567'])('stays pinned to %s', (ref) => {
    const workflow = workflowText({ ...WORKFLOW, tool: 'acme/refine-plan', ref });

    expect(pinOf(workflow)).toBe(ref);
    expect(parse(workflow).jobs.plans.with['tool-ref']).toBe(ref);
  });

  it('is never taken from a workflow that was not filled in', async () => {
    const { env } = (await tempRepo()).world;
    const workflow = workflowText({ ...WORKFLOW, tool: UNKNOWN_TOOL });

    expect(await toolRepository(workflow, { env })).toBe(await toolRepository(null, { env }));
  });

  it('is where the clone came from that the program runs from', async () => {
    const repo = await tempRepo();
    await repo.git('remote', 'add', 'mirror', 'https://example.com/refine-plan.git');
    expect(await cloneOf(repo.root, repo.world)).toBeUndefined();

    await repo.git('remote', 'add', 'fork', 'https://github.com/acme/refine-plan.git');
    expect(await cloneOf(`${repo.root}/`, repo.world)).toBe('acme/refine-plan');
  });

  it('is not the repository that the program is installed in', async () => {
    const repo = await tempRepo({ 'node_modules/refine-plan/package.json': '{}\n' });
    await repo.git('remote', 'add', 'origin', 'https://github.com/acme/shop.git');

    expect(await cloneOf(repo.path('node_modules/refine-plan'), repo.world)).toBeUndefined();
  });
});

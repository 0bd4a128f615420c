import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAction, readWorkflow, ROOT, type Step } from './runner.ts';

const WORKFLOWS = ['harden.yml', 'release.yml', 'review.yml'];
const SCRIPTS = readdirSync(join(ROOT, 'src/ci'));

const jobs = WORKFLOWS.flatMap((name) =>
  Object.entries(readWorkflow(name).jobs).map(([id, job]) => ({ id: `${name}: ${id}`, ...job })),
);
const steps: readonly Step[] = [...readAction().runs.steps, ...jobs.flatMap(({ steps }) => steps)];

describe('the action and the workflows', () => {
  it('hand nothing to a script but by the environment', () => {
    const scripts = steps.flatMap(({ run }) => run ?? []);

    expect(scripts.length).toBeGreaterThan(5);
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });

  it('name a major version of every action of others, and what publishes the very commit', () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    const publishing = Object.values(readWorkflow('release.yml').jobs).flatMap(({ steps }) => steps);
    const pinned = publishing.flatMap(({ uses }) => uses ?? []);
    const isOfVersion = (name: string): boolean =>
      /^(\.\/\.refine-plan-tool|[\w-]+\/[\w/-]+@v\d+)$/.test(name);

    expect(used.length).toBeGreaterThan(10);
    expect(used.filter((name) => !isOfVersion(name))).toEqual(pinned);
    expect(pinned.filter((name) => !/^actions\/[\w-]+@[0-9a-f]{40}$/.test(name))).toEqual([]);
  });

  it('give no job more than it says: one may write to the repository, and one may sign a package', () => {
    const rights = Object.fromEntries(jobs.map(({ id, permissions }) => [id, permissions]));

    expect(WORKFLOWS.map((name) => readWorkflow(name).permissions)).toEqual([{}, {}, {}]);
    expect(rights).toEqual({
      'harden.yml: plans': { contents: 'read' },
      'harden.yml: refine': { contents: 'read' },
      'harden.yml: push': { contents: 'write' },
      'release.yml: check': { contents: 'read' },
      'release.yml: publish': { contents: 'read', 'id-token': 'write' },
      'review.yml: review': { contents: 'read' },
    });
  });

  it('keep the credentials of git in that job alone, which asks no agent and knows no secret', () => {
    const kept = jobs.filter(({ steps }) =>
      steps.some(
        (step) => step.uses?.startsWith('actions/checkout') && step.with?.['persist-credentials'] !== false,
      ),
    );

    expect(kept.map(({ id }) => id)).toEqual(['harden.yml: push']);
    expect(kept.flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []))).toEqual([
      'actions/checkout@v4',
      'actions/checkout@v4',
      'actions/download-artifact@v4',
    ]);
    expect(JSON.stringify(kept)).not.toContain('secrets.');
  });

  it('give the action no input that it does not have', () => {
    const known = Object.keys(readAction().inputs);
    const given = steps.flatMap((step) =>
      step.uses === './.refine-plan-tool' ? Object.keys(step.with ?? {}) : [],
    );

    expect(given.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('have every script that they start', () => {
    const started = steps.flatMap(({ run }) => /src\/ci\/([\w-]+\.sh)/.exec(run ?? '')?.[1] ?? []);

    expect([...new Set(started)].toSorted()).toEqual(SCRIPTS.toSorted());
  });
});

describe('the scripts', () => {
  const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0;
  const paths = SCRIPTS.map((name) => join(ROOT, 'src/ci', name));

  it.each(paths)('parse: %s', (path) => {
    expect(spawnSync('bash', ['-n', path], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  it.skipIf(!hasShellcheck)('have nothing that shellcheck warns of', () => {
    expect(spawnSync('shellcheck', ['-S', 'warning', ...paths], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stdout: '',
    });
  });
});

import { expect, it } from 'vitest';
import { overridden } from '../../src/cli/overridden.ts';
import { resolve } from '../../src/cli/resolve.ts';
import type { Settings } from '../../src/core/settings.ts';
import { started } from '../ui/told-run.ts';

const RECORDED = started({
  settings: {
    max_rounds: 7,
    reviewer: 'codex:o3',
    implementer: 'claude',
    commit_trailers: ['Team: a'],
    timeout_ms: 1000,
  },
}).settings;

it('leaves a run its recorded settings, whatever the environment says now', async () => {
  expect(await resumedWith({}, { REFINE_PLAN_MAX_ROUNDS: '2', CODEX_MODEL: 'gpt-5.5' })).toEqual(RECORDED);
});

it('takes what the command line says otherwise, and nothing else', async () => {
  const flags = {
    'max-rounds': '30',
    timeout: '5m',
    'commit-trailer': ['Owner: b'],
    'on-stuck': 'continue',
    'on-commit-failure': 'retry',
    implementer: 'codex',
    commit: false,
    'state-root': '/elsewhere',
  };

  expect(await resumedWith(flags)).toEqual({
    ...RECORDED,
    max_rounds: 30,
    timeout_ms: 300_000,
    commit_trailers: ['Owner: b'],
    implementer: 'codex',
    commit: false,
    policies: { ...RECORDED.policies, stuck: 'continue', commit_failure: 'retry' },
  });
});

it.each([
  ['goes along where it was the reviewer', 'codex:o3', 'claude:opus'],
  ['stays where it was another', 'codex', 'codex'],
])('changes the reviewer, and the verifier %s', async (_, verifier, expected) => {
  const recorded = { ...RECORDED, verifier };

  const settings = await resumedWith({ reviewer: 'claude:opus' }, {}, recorded);

  expect(settings).toEqual({ ...recorded, reviewer: 'claude:opus', verifier: expected });
});

it('takes a verifier of its own beside another reviewer', async () => {
  const recorded = { ...RECORDED, verifier: RECORDED.reviewer };

  const settings = await resumedWith({ reviewer: 'claude:opus', verifier: 'codex:o3' }, {}, recorded);

  expect(settings).toEqual({ ...recorded, reviewer: 'claude:opus' });
});

it.each([
  ['goes along where it was the implementer', 'claude', 'claude', 'codex:o3', 'codex:o3'],
  ['is off where it was the implementer and that is a command now', 'claude', 'claude', 'cmd:fix', null],
  ['comes with an agent where it was off for a command', 'cmd:fix', null, 'codex', 'codex'],
  ['stays where it was another', 'claude', 'claude:opus', 'codex', 'claude:opus'],
  ['stays off where it was turned off', 'claude', null, 'codex', null],
])('changes the implementer, and the arbiter %s', async (_, before, arbiter, implementer, expected) => {
  const recorded = { ...RECORDED, implementer: before, arbiter };

  const settings = await resumedWith({ implementer }, {}, recorded);

  expect(settings).toEqual({ ...recorded, implementer, arbiter: expected });
});

it('turns the arbiter off, and takes several reviewers', async () => {
  const recorded = { ...RECORDED, arbiter: 'claude' };

  const settings = await resumedWith({ arbiter: 'off', reviewer: ['codex', 'claude'] }, {}, recorded);

  expect(settings).toEqual({
    ...recorded,
    arbiter: null,
    reviewer: 'codex',
    further_reviewers: ['claude'],
  });
});

it('has a name for every setting that can be given', async () => {
  const flags = {
    'max-rounds': '1',
    'confidence-floor': '1',
    'edit-mode': 'in-place',
    reviewer: 'cmd:a',
    implementer: 'cmd:b',
    verifier: 'cmd:c',
    arbiter: 'cmd:d',
    'arbiter-from-round': '2',
    strategy: 'frozen',
    calibrate: true,
    confirm: true,
    'agent-config': 'user',
    timeout: '8s',
    'idle-timeout': '2s',
    'wait-for-limit': '3s',
    'max-calls': '4',
    'max-minutes': '5',
    'max-tokens': '6',
    commit: false,
    'commit-trailer': ['A: b'],
    'git-timeout': '7s',
    'on-resume': 'fail',
    'on-dirty': 'fail',
    'on-stuck': 'expand',
    'on-drift': 'accept',
    'on-commit-failure': 'retry',
    'on-design': 'guard',
    'on-divergence': 'stop',
    'on-external-edit': 'take',
    'on-repo-change': 'continue',
  };

  const settings = await resumedWith(flags);

  const kept = Object.entries(settings).filter(
    ([key, value]) => key !== 'policies' && value === RECORDED[key as keyof Settings],
  );
  expect(kept).toEqual([]);
  expect(Object.values(settings.policies)).not.toContain(null);
});

async function resumedWith(
  flags: Record<string, unknown>,
  env: NodeJS.ProcessEnv = {},
  recorded = RECORDED,
): Promise<Settings> {
  const given = new Map(Object.entries(flags));
  const sources = {
    flags: given,
    env: { HOME: '/nowhere', ...env },
    projectRoot: null,
    configFile: null,
    trustProject: false,
  };
  return overridden(recorded, await resolve(sources), given);
}

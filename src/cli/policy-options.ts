import type { OptionSpec } from './option-spec.ts';

const POLICY = { kind: 'enum', arg: 'ANSWER', default: null, group: 'Policies' } as const;

/** The settings that answer a question beforehand. */
export const POLICIES: readonly OptionSpec[] = [
  {
    ...POLICY,
    name: 'on-resume',
    choices: ['resume', 'fresh', 'fail'],
    help: 'an interrupted run exists (unattended: resume)',
  },
  {
    ...POLICY,
    name: 'on-dirty',
    choices: ['baseline', 'fail'],
    help: 'the plan has uncommitted changes (unattended: baseline)',
  },
  {
    ...POLICY,
    name: 'on-stuck',
    choices: ['retry', 'terminate', 'continue', 'expand'],
    help: 'a finding keeps coming back (unattended: retry)',
  },
  {
    ...POLICY,
    name: 'on-drift',
    choices: ['revert', 'abort', 'accept'],
    help: 'a load-bearing string is gone (unattended: revert)',
  },
  {
    ...POLICY,
    name: 'on-commit-failure',
    choices: ['abort', 'retry'],
    help: 'the commit failed (unattended: abort)',
  },
  {
    ...POLICY,
    name: 'on-design',
    choices: ['handoff', 'apply', 'guard', 'ignore'],
    help: 'a fix would change a decision of the plan (unattended: handoff)',
  },
  {
    ...POLICY,
    name: 'on-divergence',
    choices: ['verify', 'stop', 'continue'],
    help: 'the loop feeds on its own fixes (unattended: verify)',
  },
  {
    ...POLICY,
    name: 'on-external-edit',
    choices: ['abort', 'take'],
    help: 'the plan was edited by someone else (unattended: abort during a round, else take)',
  },
  {
    ...POLICY,
    name: 'on-repo-change',
    choices: ['abort', 'continue'],
    help: 'branch or history changed, or a merge or rebase began (unattended: abort)',
  },
];

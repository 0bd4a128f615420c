import type { Fact } from './fact.ts';

/** The names of all facts, for readers that need not check more than that. */
export const FACT_TYPES: readonly Fact['type'][] = [
  'run.started',
  'run.resumed',
  'round.started',
  'call.started',
  'call.finished',
  'plan.changed',
  'repo.changed',
  'decision',
  'review.unreadable',
  'review.parsed',
  'arbitration.read',
  'verification.read',
  'findings.accepted',
  'edits.read',
  'drift.checked',
  'edits.applied',
  'commit.created',
  'commit.skipped',
  'commit.failed',
  'limit.waited',
  'last-look.taken',
  'round.finished',
  'run.finished',
];

/** The questions a run may raise, each with its answers; the first is what an unattended run does. */
export const QUESTIONS = {
  resume: ['resume', 'fresh', 'fail'],
  dirty: ['baseline', 'fail'],
  stuck: ['retry', 'terminate', 'continue', 'expand'],
  drift: ['revert', 'abort', 'accept'],
  commit_failure: ['abort', 'retry'],
  design: ['handoff', 'apply', 'guard', 'ignore'],
  divergence: ['verify', 'stop', 'continue'],
  external_edit: ['abort', 'take'],
  repo_change: ['abort', 'continue'],
} as const;

export type QuestionName = keyof typeof QUESTIONS;

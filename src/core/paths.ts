/** Where things are in the run directory; names are relative to it. */
export function roundDir(round: number): string {
  return `round-${String(round).padStart(2, '0')}`;
}

export const files = {
  initialPlan: 'plan.initial.md',
  /** What was staged of the plan when somebody's own version on disk was committed. */
  staged: (round: number): string => (round === 0 ? 'plan.staged.md' : `${roundDir(round)}/plan.staged.md`),
  /** What the plan was before `undo` restored it, the first time, the second. */
  replaced: (time: number): string => `plan.replaced-${time}.md`,
  baseline: (round: number): string => `${roundDir(round)}/plan.md`,
  candidate: (round: number): string => `${roundDir(round)}/candidate.md`,
  /** The plan as a commit, or one that failed, left it, where that is something else. */
  left: (round: number, sha256: string): string => `${roundDir(round)}/left-${sha256.slice(0, 12)}.md`,
  prompt: (round: number, call: string): string => `${roundDir(round)}/prompt-${call}.md`,
  answer: (round: number, call: string): string => `${roundDir(round)}/answer-${call}.txt`,
  edited: (round: number, call: string): string => `${roundDir(round)}/edited-${call}.md`,
  result: (round: number, call: string): string => `${roundDir(round)}/call-${call}.json`,
  log: (round: number, call: string): string => `${roundDir(round)}/agent-${call}.log`,
  findings: (round: number): string => `${roundDir(round)}/findings.txt`,
  review: (round: number): string => `${roundDir(round)}/review.json`,
  parseWarning: (round: number): string => `${roundDir(round)}/parse-warning.txt`,
  arbiter: (round: number): string => `${roundDir(round)}/arbiter.txt`,
  edits: (round: number): string => `${roundDir(round)}/edits.json`,
  summary: (round: number): string => `${roundDir(round)}/implementer-summary.txt`,
  rejected: (round: number): string => `${roundDir(round)}/rejected.md`,
  verify: (round: number): string => `${roundDir(round)}/verify.txt`,
  parked: (round: number): string => `${roundDir(round)}/parked.txt`,
} as const;

import { POLICIES } from './policy-options.ts';
import type { OptionSpec } from './option-spec.ts';

export type { Kind, OptionSpec } from './option-spec.ts';

const AGENT = { kind: 'agent', arg: 'SPEC', default: null, group: 'Agents' } as const;

const DURATION = { kind: 'duration', arg: 'D' } as const;

const BUDGET = { kind: 'integer', arg: 'N', min: 1, default: null, group: 'Budgets' } as const;

/** Every setting of a run. Flags, help, environment, config files and their checks all come from this table. */
export const OPTIONS: readonly OptionSpec[] = [
  {
    name: 'max-rounds',
    arg: 'N',
    kind: 'integer',
    min: 1,
    max: 1000,
    default: '20',
    group: 'Loop',
    help: 'the round cap',
  },
  {
    name: 'confidence-floor',
    arg: 'F',
    kind: 'float',
    min: 0,
    max: 1,
    default: '0.3',
    group: 'Loop',
    help: 'findings below it are recorded, never acted on',
  },
  {
    name: 'fail-on',
    arg: 'SEVERITY',
    kind: 'enum',
    choices: ['critical', 'high', 'medium', 'low', 'none'],
    default: 'low',
    group: 'Loop',
    help: 'of a review: exit 1 only for a finding to act on that is at least so severe; all are reported',
  },
  {
    name: 'strategy',
    arg: 'WHICH',
    kind: 'enum',
    choices: ['rounds', 'frozen'],
    default: 'rounds',
    group: 'Loop',
    help: 'rounds: a fresh review every round. frozen: several hunts first, then only fixes and looks at them',
  },
  {
    name: 'arbiter-from-round',
    arg: 'N',
    kind: 'integer',
    min: 1,
    max: 1000,
    default: '1',
    group: 'Loop',
    help: 'the first round whose findings go to the arbiter; under frozen all do',
  },
  {
    name: 'calibrate',
    arg: null,
    kind: 'boolean',
    default: 'false',
    group: 'Loop',
    help: 'first measure, by one more review, how many planted defects the reviewer finds in a copy of the plan',
    no: 'measure nothing (the default)',
  },
  {
    name: 'edit-mode',
    arg: 'MODE',
    kind: 'enum',
    choices: ['patch', 'in-place'],
    default: null,
    group: 'Loop',
    help: 'edits as data, or on a scratch copy (default: patch; in-place for cmd:)',
  },
  {
    name: 'reviewer',
    arg: 'SPEC',
    kind: 'agents',
    default: 'codex',
    group: 'Agents',
    help: 'who reviews: codex[:model[:effort]], claude[:model[:effort]] or cmd:<shell command>; repeatable: side by side',
  },
  {
    ...AGENT,
    name: 'implementer',
    help: 'who fixes (default: claude where it is installed and logged in, else codex)',
  },
  {
    ...AGENT,
    name: 'verifier',
    help: 'who looks at the fixes (default: the first reviewer)',
  },
  {
    ...AGENT,
    name: 'arbiter',
    choices: ['off'],
    help: 'who separates real defects from wording, or off (default: the implementer; off for cmd:)',
  },
  {
    name: 'agent-config',
    arg: 'WHICH',
    kind: 'enum',
    choices: ['isolated', 'user'],
    default: 'isolated',
    group: 'Agents',
    help: 'whether agents load your own settings of theirs; rule files that lift a sandbox are never loaded',
  },
  {
    name: 'pass-env',
    arg: 'NAME',
    kind: 'names',
    default: null,
    group: 'Agents',
    help: 'hand this variable of the environment on to codex and claude, which get only those they need (repeatable)',
  },
  {
    ...DURATION,
    name: 'timeout',
    default: '20m',
    group: 'Agents',
    help: 'per agent call, as 90s, 20m, 1h; 0 is none',
  },
  {
    ...DURATION,
    name: 'idle-timeout',
    default: null,
    group: 'Agents',
    help: 'longest silence of a call (default: 5m for claude; codex and cmd: are silent by nature)',
  },
  {
    ...DURATION,
    name: 'wait-for-limit',
    default: '0',
    group: 'Agents',
    help: 'wait this long at most for a usage limit to reset, then go on',
  },
  {
    ...BUDGET,
    name: 'max-calls',
    help: 'agent calls of the whole run, across resumes',
  },
  {
    name: 'max-minutes',
    arg: 'N',
    kind: 'float',
    min: 0.1,
    default: null,
    group: 'Budgets',
    help: 'minutes of agent calls, across resumes; waiting does not count',
  },
  {
    ...BUDGET,
    name: 'max-tokens',
    help: 'tokens of the whole run, input and output',
  },
  {
    name: 'commit',
    arg: null,
    kind: 'boolean',
    default: 'true',
    group: 'Git',
    help: 'one commit per round (the default)',
    no: 'commit nothing; the edits stay in the work tree',
  },
  {
    name: 'commit-trailer',
    arg: '"Key: value"',
    kind: 'list',
    default: null,
    group: 'Git',
    help: 'add a trailer to every commit (repeatable)',
  },
  {
    ...DURATION,
    name: 'git-timeout',
    default: '5m',
    group: 'Git',
    help: 'longest time a commit and its hooks may take',
  },
  {
    name: 'confirm',
    arg: null,
    kind: 'boolean',
    default: 'false',
    group: 'Policies',
    help: 'at a terminal, go over the findings before they are fixed, and see the diff before it is written',
    no: 'fix what was found without asking (the default)',
  },
  {
    name: 'unattended',
    arg: null,
    kind: 'boolean',
    default: null,
    group: 'Policies',
    help: 'never ask; the policies decide (default: on in CI or without a terminal)',
    no: 'ask, where there is a terminal',
  },
  ...POLICIES,
  {
    name: 'state-root',
    arg: 'DIR',
    kind: 'text',
    default: null,
    group: 'Place and output',
    help: 'keep the run directories here (default: beside the plan)',
  },
  {
    name: 'plan-glob',
    arg: 'GLOB',
    kind: 'text',
    default: 'docs/plans/*.md',
    group: 'Place and output',
    help: 'where plans are looked for when none is named',
  },
  {
    name: 'report',
    arg: 'FILE',
    kind: 'reports',
    default: null,
    group: 'Place and output',
    help: 'write a report there when the run ends, however it ends: .html, .md, .json, .sarif, .xml (JUnit) or .txt (repeatable)',
  },
  {
    name: 'notify-command',
    arg: 'CMD',
    kind: 'text',
    default: null,
    group: 'Place and output',
    help: 'run this with sh when the run ends or a question waits; REFINE_PLAN_EVENT, _STATUS and _MESSAGE tell it what',
  },
  {
    name: 'bell',
    arg: null,
    kind: 'boolean',
    default: 'true',
    group: 'Place and output',
    help: 'ring the terminal when the run ends or a question waits (the default)',
    no: 'never ring the terminal',
  },
];

/** May the flag be given several times? */
export function isRepeatable({ kind }: OptionSpec): boolean {
  return ['list', 'agents', 'names', 'reports'].includes(kind);
}

/** `max-rounds` as a config key: `maxRounds`. */
export function configKey(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** `max-rounds` as an environment variable: `REFINE_PLAN_MAX_ROUNDS`. */
export function envName(name: string): string {
  return `REFINE_PLAN_${name.replaceAll('-', '_').toUpperCase()}`;
}

/** The flag as a person types it. */
export function flagOf(name: string): string {
  return `--${name}`;
}

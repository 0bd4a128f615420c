/** A command of the command line: what it is called, what it takes, and what its help says. */
export type CommandSpec = {
  readonly name: string;
  readonly usage: string;
  readonly help: string;
  readonly examples: readonly [string, string];
  readonly isDefault?: boolean;
  /** Under `--json` it prints the events of a run, one a line; without, one object. */
  readonly isStream?: boolean;
  /** Takes the settings of a run. */
  readonly settings?: boolean;
  /** Each with its words, where it takes one of a few. */
  readonly flags?: readonly (readonly [flags: string, help: string, choices?: readonly string[]])[];
  /** The words that its argument may be, where those are few. */
  readonly choices?: readonly string[];
  readonly commands?: readonly CommandSpec[];
};

/** What the program is for. */
export const SUMMARY = 'Harden an implementation plan before anyone builds it.';

/** What every command takes. */
export const EVERYWHERE: NonNullable<CommandSpec['flags']> = [
  ['-C <dir>', 'start in this directory'],
  ['--config <file>', 'use this config file instead of .refine-plan.json of the repository'],
  ['--trust-project', 'let the config file of the repository name commands and prompts'],
  ['--json', 'machine-readable output on stdout, nothing else there; with --help, the help too'],
  ['--quiet', 'only decisions, errors and the verdict'],
  ['--verbose', 'also say where each answer was kept'],
  ['--no-color', 'no colour'],
];

const TAKE_LOCK = ['--take-lock', 'take over a lock whose owner is surely gone'] as const;
const DRY_RUN = [
  '--dry-run',
  'print settings, commands and prompts; write, commit and call nothing',
] as const;

const YES = ['--yes', 'do it without asking'] as const;

const STATE_ROOT = [
  '--state-root <dir>',
  'where the run directories are kept, if not beside the plan',
] as const;

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'run',
    isStream: true,
    usage: 'run [plan...]',
    help: 'run the loop: review, fix, check, commit, until it can stop',
    isDefault: true,
    settings: true,
    flags: [DRY_RUN, TAKE_LOCK],
    examples: [
      'refine-plan docs/plans/foo.md',
      'refine-plan docs/plans/foo.md --max-rounds 5 --reviewer codex:gpt-5.5:high',
    ],
  },
  {
    name: 'review',
    usage: 'review [plan...]',
    help: 'one review, findings only: edits nothing, commits nothing',
    settings: true,
    flags: [DRY_RUN],
    examples: ['refine-plan review docs/plans/foo.md', 'refine-plan review docs/plans/foo.md --json'],
  },
  {
    name: 'resume',
    isStream: true,
    usage: 'resume [plan...]',
    help: 'continue the newest interrupted run',
    settings: true,
    flags: [TAKE_LOCK],
    examples: ['refine-plan resume', 'refine-plan resume docs/plans/foo.md --max-rounds 30'],
  },
  {
    name: 'status',
    usage: 'status [plan...]',
    help: 'where a run stands',
    flags: [['--watch', 'tell the run from its beginning and as it goes on, until it ends'], STATE_ROOT],
    examples: ['refine-plan status --watch', 'refine-plan status docs/plans/foo.md --json'],
  },
  {
    name: 'list',
    usage: 'list',
    help: 'every run of this repository',
    flags: [['--watch', 'show those that are under way as they go on, until Ctrl-C'], STATE_ROOT],
    examples: ['refine-plan list --watch', 'refine-plan list --json'],
  },
  {
    name: 'findings',
    usage: 'findings [plan...]',
    help: 'the ledger: every finding, its place, what became of it',
    flags: [STATE_ROOT],
    examples: ['refine-plan findings docs/plans/foo.md', 'refine-plan findings docs/plans/foo.md --json'],
  },
  {
    name: 'report',
    usage: 'report [plan-or-run]',
    help: 'a whole run, told',
    flags: [
      [
        '--format <format>',
        'text, markdown, html, json, sarif, junit or github (default: text)',
        ['text', 'markdown', 'html', 'json', 'sarif', 'junit', 'github'],
      ],
      ['--output <file>', 'write it there instead of stdout'],
      ['--report-on <severity>', 'annotations and SARIF: only findings at least so severe (default: low)'],
      STATE_ROOT,
    ],
    examples: [
      'refine-plan report docs/plans/foo.md',
      'refine-plan report foo-20261120T140311Z --format html --output report.html',
    ],
  },
  {
    name: 'dismiss',
    usage: 'dismiss <plan> <id>',
    help: 'settle a finding for good; listed, not acted on, when raised again',
    flags: [['--because <text>', 'why it is no defect, or none to mend'], STATE_ROOT],
    examples: [
      'refine-plan dismiss docs/plans/foo.md F3 --because "the queue keeps the order"',
      'refine-plan dismiss docs/plans/foo.md F3 --because "out of scope" --json',
    ],
  },
  {
    name: 'replay',
    usage: 'replay <run>',
    help: 'decide a recorded run again under other settings; offline, no model is called',
    flags: [
      ['--max-rounds <N>', 'another round cap'],
      ['--confidence-floor <F>', 'another floor'],
      ['--strategy <which>', 'another strategy (rounds, frozen)'],
      ['--arbiter <off>', 'without an arbiter'],
      ['--arbiter-from-round <N>', 'the arbiter from another round on'],
      ['--max-calls <N>', 'another budget of calls'],
      ['--on-stuck <answer>', 'where a finding keeps coming back (retry, terminate, continue, expand)'],
      ['--on-drift <answer>', 'where a load-bearing string is gone (revert, abort, accept)'],
      ['--on-design <answer>', 'where a fix is a design change (handoff, apply, guard, ignore)'],
      ['--on-divergence <answer>', 'where the loop feeds on its own fixes (verify, stop, continue)'],
      STATE_ROOT,
    ],
    examples: [
      'refine-plan replay foo-20261120T140311Z --max-rounds 3',
      'refine-plan replay foo-20261120T140311Z --arbiter off --on-divergence continue --json',
    ],
  },
  {
    name: 'diff',
    usage: 'diff [plan-or-run]',
    help: 'the plan then and now, as a patch; or what one round made of it',
    flags: [
      ['--round <N>', 'only what this round made of the plan'],
      ['--as-left', 'as the run left the plan, instead of as it is now'],
      STATE_ROOT,
    ],
    examples: ['refine-plan diff docs/plans/foo.md', 'refine-plan diff foo-20261120T140311Z --round 2'],
  },
  {
    name: 'undo',
    usage: 'undo <run>',
    help: 'take back what a run wrote to its plan, in one commit; what others wrote stays',
    flags: [YES, TAKE_LOCK, STATE_ROOT],
    examples: ['refine-plan undo foo-20261120T140311Z', 'refine-plan undo docs/plans/foo.md --yes'],
  },
  {
    name: 'abandon',
    usage: 'abandon <run>',
    help: 'end an interrupted run for good',
    flags: [TAKE_LOCK, STATE_ROOT],
    examples: ['refine-plan abandon foo-20261120T140311Z', 'refine-plan abandon docs/plans/foo.md --json'],
  },
  {
    name: 'prune',
    usage: 'prune',
    help: 'remove old run directories, after showing which',
    flags: [
      ['--older-than <age>', 'those that ended longer ago, as 30d, 4w, 12h (default: 30d)'],
      ['--keep <N>', 'the newest N of each plan stay'],
      ['--all', 'interrupted runs too; never one that is at work'],
      YES,
      STATE_ROOT,
    ],
    examples: ['refine-plan prune', 'refine-plan prune --older-than 4w --keep 3 --yes'],
  },
  {
    name: 'sentinels',
    usage: 'sentinels [plan...]',
    help: 'the strings the drift guard protects, with line numbers',
    examples: ['refine-plan sentinels docs/plans/foo.md', 'refine-plan sentinels docs/plans/foo.md --json'],
  },
  {
    name: 'doctor',
    usage: 'doctor',
    help: 'what is installed, logged in, writable, and what to do about it',
    settings: true,
    flags: [['--live', 'also call each agent once with a tiny prompt, and say what that cost']],
    examples: ['refine-plan doctor', 'refine-plan doctor --live --json'],
  },
  {
    name: 'config',
    usage: 'config',
    help: 'settings',
    examples: ['refine-plan config show', 'refine-plan config show --json'],
    commands: [
      {
        name: 'config show',
        usage: 'show',
        help: 'every setting, and where its value came from',
        settings: true,
        examples: ['refine-plan config show', 'REFINE_PLAN_MAX_ROUNDS=5 refine-plan config show --json'],
      },
    ],
  },
  {
    name: 'schema',
    usage: 'schema [name]',
    choices: ['findings', 'verification', 'arbitration', 'edits', 'event', 'manifest', 'report', 'config'],
    help: 'the JSON Schema of: findings, verification, arbitration, edits, event, manifest, report, config',
    examples: ['refine-plan schema findings', 'refine-plan schema event > event.schema.json'],
  },
  {
    name: 'init',
    usage: 'init',
    help: 'look for agents, plans and CI; write a commented config file, a workflow for GitHub and the skill for agents, each after showing it',
    flags: [
      ['--config-file', 'only the config file, without asking where there is none'],
      ['--workflow', 'only the workflow, without asking where there is none'],
      ['--skill', 'only the skill, without asking where there is none'],
      ['--yes', 'write what is not there without asking; what is there only where its flag is given too'],
    ],
    examples: ['refine-plan init', 'refine-plan init --workflow --skill'],
  },
  {
    name: 'completion',
    usage: 'completion <shell>',
    choices: ['bash', 'zsh', 'fish', 'powershell'],
    help: 'what a shell loads to complete commands, options, plans and runs: bash, zsh, fish, powershell',
    examples: ['source <(refine-plan completion bash)', 'refine-plan completion fish'],
  },
  {
    name: 'demo',
    isStream: true,
    usage: 'demo',
    help: 'the whole loop on a bundled plan with bundled scripted agents, in a temporary repository',
    examples: ['refine-plan demo', 'refine-plan demo --json'],
  },
];

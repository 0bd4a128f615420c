import { dirname } from 'node:path';
import { placeError, usageError, type UserError } from '../errors.ts';
import { shellWord } from '../lib/shell-word.ts';

export function badValue({
  value,
  where,
  allowed,
}: {
  value: unknown;
  where: string;
  allowed: string;
}): UserError {
  return usageError(
    'bad_value',
    `${where}: ${JSON.stringify(value) ?? String(value)} is not allowed; it takes ${allowed}.`,
    'See every setting with: refine-plan config show',
  );
}

export function unknownKey(key: string, file: string, known: readonly string[]): UserError {
  return usageError(
    'unknown_key',
    `${file} has an unknown key ${JSON.stringify(key)}; known are ${known.join(', ')}.`,
    'See every setting with: refine-plan config show',
  );
}

/** A variable of the environment that has the form of a setting; some things can only be said on the command line. */
export function unknownVariable(name: string): UserError {
  return usageError(
    'unknown_variable',
    `The environment sets ${name}, and there is no such setting.`,
    `See how settings are called with: refine-plan run --help - or take it out: unset ${name}`,
  );
}

/** A value of a flag that is no setting. */
export function badFlag(flag: string, value: string, known: readonly string[]): UserError {
  return usageError(
    'bad_value',
    `${flag}: ${JSON.stringify(value)} is not allowed; it takes ${known.join(', ')}.`,
    `Try: ${flag} ${known[0] ?? ''}`,
  );
}

/** A run that is bounded beforehand has room for so many reviewers and no more. */
export function tooManyReviewers(given: number, most: number): UserError {
  return usageError(
    'too_many_reviewers',
    `--strategy frozen takes at most ${most} reviewers, and ${given} are set.`,
    'Name fewer with --reviewer, or take: --strategy rounds',
  );
}

/** A report that was asked for, and could not be written where it is to stand. */
export function noReportDirectory(file: string): UserError {
  return usageError(
    'bad_value',
    `No report can be written to ${file}: its directory is not there, or that is a directory itself.`,
    `Make it first: mkdir -p ${shellWord(dirname(file))} - or name another file with --report`,
  );
}

export function reportOverPlan(file: string): UserError {
  return usageError(
    'bad_value',
    `${file} is the plan itself, and a report would replace it.`,
    'Name another file with --report',
  );
}

export function badConfig(file: string, problem: string): UserError {
  return usageError(
    'bad_config',
    `${file} cannot be read as JSON: ${problem}.`,
    `Mend it, or leave it out with: --config FILE`,
  );
}

export function badPrompt(name: string, file: string, problem: string): UserError {
  return usageError(
    'bad_prompt',
    `${file} replaces the prompt "${name}", but ${problem}.`,
    `Mend it, or leave it out with: --config FILE`,
  );
}

export function noDirectory(dir: string): UserError {
  return usageError(
    'no_directory',
    `There is no directory ${dir}.`,
    'Name one that exists with -C, or leave it out.',
  );
}

export function noConfigFile(file: string): UserError {
  return usageError(
    'no_config_file',
    `There is no config file ${file}.`,
    'Name one that exists, or leave --config out.',
  );
}

/** A command that takes one plan was given several. Of those that call agents, one each may run at once. */
export function severalPlans(command: string, plans: readonly string[]): UserError {
  const each = plans
    .slice(0, 2)
    .map((plan) => `refine-plan ${command === 'run' ? '' : `${command} `}${shellWord(plan)}`);
  const takesLong = ['run', 'review', 'resume'].includes(command);
  return usageError(
    'several_plans',
    command === 'run'
      ? `The loop is per file, and ${plans.length} plans were named.`
      : `${command} takes one plan, and ${plans.length} were named.`,
    takesLong ? `Start one run each, at once if you like: ${each.join(' & ')}` : `Name one: ${each[0] ?? ''}`,
  );
}

export function emptyName(): UserError {
  return usageError(
    'plan_missing',
    'The name of the plan is empty.',
    'Name a markdown file: refine-plan docs/plans/your-plan.md',
  );
}

export function noPlan(glob: string): UserError {
  return usageError(
    'no_plan',
    `No plan was named, and no file matches ${glob}.`,
    'Name the plan: refine-plan docs/plans/your-plan.md',
  );
}

export function planNotNamed(candidates: readonly string[]): UserError {
  return usageError(
    'plan_not_named',
    `No plan was named, and nobody is there to ask. Candidates: ${candidates.slice(0, 5).join(', ')}${candidates.length > 5 ? ' and more' : ''}.`,
    `Name one: refine-plan ${shellWord(candidates[0] ?? '')}`,
  );
}

export function planProblem(code: string, path: string, problem: string, hint: string): UserError {
  return usageError(code, `${path} ${problem}.`, hint);
}

export function planTooLarge(path: string, size: string, limit: string): UserError {
  return usageError(
    'plan_too_large',
    `${path} is too large: ${size}, and ${limit}.`,
    'Split the plan into stages, and refine each on its own.',
  );
}

export function tokensUnknown(agent: string): UserError {
  return usageError(
    'tokens_unknown',
    `A token budget was given, but ${agent} does not report its tokens.`,
    'Use --max-calls or --max-minutes instead.',
  );
}

export function nothingToResume(plan: string | null): UserError {
  return usageError(
    'nothing_to_resume',
    `There is no interrupted run${plan === null ? '' : ` of ${plan}`}.`,
    `Start one with: refine-plan ${shellWord(plan ?? 'docs/plans/your-plan.md')}`,
  );
}

/** An interrupted run stands in the way, and the answer was to leave it as it is; `why` says which and where. */
export function interruptedRun(why: string, plan: string): UserError {
  return placeError('interrupted_run', why, `Go on with: refine-plan resume ${shellWord(plan)}`);
}

/** The plan differs from HEAD, and the answer was not to commit it; `why` says how. */
export function dirtyPlan(why: string, plan: string): UserError {
  const word = shellWord(plan);
  return placeError(
    'dirty_plan',
    why,
    `Commit it first: git add ${word} && git commit -m "Draft the plan" -- ${word}`,
  );
}

export function unknownSchema(name: string, known: readonly string[]): UserError {
  return usageError(
    'unknown_schema',
    `${name === '' ? 'No schema was named' : `There is no schema ${JSON.stringify(name)}`}; there are ${known.join(', ')}.`,
    `Try: refine-plan schema ${known[0] ?? ''}`,
  );
}

export function unknownShell(name: string, known: readonly string[]): UserError {
  return usageError(
    'unknown_shell',
    `There is no completion for ${JSON.stringify(name)}; there is for ${known.join(', ')}.`,
    `Try: refine-plan completion ${known[0] ?? ''}`,
  );
}

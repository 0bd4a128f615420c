import { placeError, usageError, type UserError } from '../errors.ts';

export function badValue({
  value,
  where,
  allowed,
}: {
  value: string;
  where: string;
  allowed: string;
}): UserError {
  return usageError(
    'bad_value',
    `${where}: ${JSON.stringify(value)} is not allowed; it takes ${allowed}.`,
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

export function badConfig(file: string, problem: string): UserError {
  return usageError(
    'bad_config',
    `${file} cannot be read as JSON: ${problem}.`,
    `Mend it, or leave it out with: --config FILE`,
  );
}

export function noConfigFile(file: string): UserError {
  return usageError(
    'no_config_file',
    `There is no config file ${file}.`,
    'Name one that exists, or leave --config out.',
  );
}

export function severalPlans(plans: readonly string[]): UserError {
  const first = plans[0] ?? '';
  return usageError(
    'several_plans',
    `The loop is per file, and ${plans.length} plans were named.`,
    `Start one run each, at once if you like: refine-plan ${first} & refine-plan ${plans[1] ?? ''}`,
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
    `Name one: refine-plan ${candidates[0] ?? ''}`,
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
    `Start one with: refine-plan ${plan ?? 'docs/plans/your-plan.md'}`,
  );
}

export function interruptedRun(run: string, plan: string): UserError {
  return placeError(
    'interrupted_run',
    `Run ${run} of ${plan} was interrupted, and the policy is to fail.`,
    `Go on with: refine-plan resume ${plan}`,
  );
}

export function dirtyPlan(plan: string): UserError {
  return placeError(
    'dirty_plan',
    `${plan} has changes that are not committed, and the policy is to fail.`,
    `Commit them first: git commit -m "Draft the plan" -- ${plan}`,
  );
}

export function unknownSchema(name: string, known: readonly string[]): UserError {
  return usageError(
    'unknown_schema',
    `There is no schema ${JSON.stringify(name)}; there are ${known.join(', ')}.`,
    `Try: refine-plan schema ${known[0] ?? ''}`,
  );
}

import { relative, sep } from 'node:path';

export type Rules = { readonly allow: readonly string[]; readonly deny: readonly string[] };

/**
 * What is no part of the sources, and may hold secrets: the login that a checkout in CI leaves in git's own directory,
 * files of passwords, and what earlier runs were told.
 */
const CLOSED = ['.git/**', '**/.env', '**/.env.*', '**/.refine-plan-against-codex/**'];

/** Permission rules for a call that only reads the repository, which it works in. */
export const READ_RULES: Rules = { allow: [], deny: CLOSED.map((path) => `Read(${path})`) };

/** Closed to edits by claude itself, whatever a rule allows. */
const PROTECTED = ['.claude', '.git', '.vscode'];

/**
 * Permission rules by which claude may edit one file and read the repository; undefined where they cannot be written.
 * A rule is a glob, and some characters of a file name cannot be escaped in it. The repository is denied for edits too,
 * because a user's own settings may allow more than ours.
 */
export function editRules(paths: {
  readonly plan: string;
  readonly dir: string;
  readonly repoRoot: string;
}): Rules | undefined {
  const way = relative(paths.dir, paths.plan).split(sep);
  if (
    !isExpressible(paths.plan) ||
    !isExpressible(paths.repoRoot) ||
    PROTECTED.some((name) => way.includes(name))
  )
    return undefined;
  const repo = `${pattern(paths.repoRoot)}/**`;
  const closed = CLOSED.map((path) => `Read(${pattern(paths.repoRoot)}/${path})`);
  return { allow: [`Edit(${pattern(paths.plan)})`, `Read(${repo})`], deny: [`Edit(${repo})`, ...closed] };
}

function isExpressible(path: string): boolean {
  return !/[*?\\]|\s$/.test(path);
}

/** An absolute path has two slashes in front; brackets would be a set of characters. */
function pattern(path: string): string {
  return `/${path.replace(/[[\]]/g, '\\$&')}`;
}

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Detected } from '../../agents/detect.ts';
import { planCandidates } from '../../git/candidates.ts';
import type { WorkTree } from '../../git/open-repo.ts';
import { githubName, remoteUrls } from '../../git/remotes.ts';
import { count } from '../../lib/text.ts';
import { detectIn } from '../agents.ts';
import type { World } from '../world.ts';

/** What a repository and a machine have that settings may be chosen by. */
export type Found = {
  readonly codex: Detected;
  readonly claude: Detected;
  /** Where plans lie, and how many; null where none were found. */
  readonly plans: { readonly glob: string; readonly files: number } | null;
  /** The files or directories by which CI systems are told what to do. */
  readonly ci: readonly string[];
  /** Whether workflows of GitHub are there, or a remote is on GitHub. */
  readonly isOnGitHub: boolean;
};

const GLOBS = [
  'docs/plans/*.md',
  'plans/*.md',
  'doc/plans/*.md',
  'docs/specs/*.md',
  'specs/*.md',
  'rfcs/*.md',
];
const WORKFLOWS = '.github/workflows';
const CI = [WORKFLOWS, '.gitlab-ci.yml', '.circleci', 'azure-pipelines.yml', 'Jenkinsfile'];

/** Looks for agents, plans and CI; makes no request. */
export async function lookAround({ root }: WorkTree, glob: string, world: World): Promise<Found> {
  const wishes = { agentConfig: 'isolated', passEnv: [] } as const;
  const [codex, claude] = await Promise.all([
    detectIn('codex', world, wishes),
    detectIn('claude', world, wishes),
  ]);
  const ci = await thereIn(root, CI);
  const isOnGitHub =
    ci.includes(WORKFLOWS) ||
    (await remoteUrls({ root, world })).some((url) => githubName(url) !== undefined);
  return { codex, claude, plans: await plansIn(root, [glob, ...GLOBS], world), ci, isOnGitHub };
}

async function plansIn(root: string, globs: readonly string[], world: World): Promise<Found['plans']> {
  for (const glob of globs) {
    const files = (await planCandidates(glob, { root, world })).length;
    if (files > 0) return { glob, files };
  }
  return null;
}

async function thereIn(root: string, names: readonly string[]): Promise<string[]> {
  const there = await Promise.all(
    names.map((name) =>
      stat(join(root, name)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return names.filter((_, index) => there[index]);
}

/** What was found, a line each. */
export function foundText({ codex, claude, plans, ci, isOnGitHub }: Found): string {
  return [
    `codex    ${agentText(codex)}`,
    `claude   ${agentText(claude)}`,
    `plans    ${plans ? `${count(plans.files, 'file')} match ${plans.glob}` : 'none yet; they are looked for as docs/plans/*.md'}`,
    `CI       ${ci.length === 0 ? `none${isOnGitHub ? ' yet; a remote is on GitHub' : ''}` : ci.join(', ')}`,
    '',
  ].join('\n');
}

function agentText({ isInstalled, version, isLoggedIn, isTooOld }: Detected): string {
  if (!isInstalled) return 'not installed';
  const state = isTooOld ? 'too old' : isLoggedIn ? 'logged in' : 'not logged in';
  return `version ${version ?? 'unknown'}, ${state}`;
}

/** What the defaults would get wrong here: by option name, what to set instead. */
export function settingsFor({ codex, claude, plans }: Found): Map<string, string> {
  const set = new Map<string, string>();
  if (!codex.isInstalled && claude.isInstalled) set.set('reviewer', 'claude');
  if (plans && plans.glob !== 'docs/plans/*.md') set.set('plan-glob', plans.glob);
  return set;
}

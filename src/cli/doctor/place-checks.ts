import { access, constants } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { checkIdentity, preflight } from '../../git/preflight.ts';
import { gitVersion } from '../../git/version.ts';
import { shellWord } from '../../lib/shell-word.ts';
import { lockHolder } from '../../store/lock.ts';
import type { CommonFlags } from '../flags.ts';
import type { Place } from '../place.ts';
import { runsHere, shownPath } from '../runs-here.ts';
import { valueOf } from '../settings.ts';
import { stateRootFor } from '../settings-at.ts';
import type { World } from '../world.ts';
import { attempt, fine, gap, type Check } from './check.ts';

/** What a run needs of the machine and of the place it was started in. */
export async function placeChecks(place: Place, flags: CommonFlags, world: World): Promise<Check[]> {
  const root = place.repo?.root ?? world.cwd;
  const probe = join(root, 'docs', 'plans', 'plan.md');
  const git = await attempt('git', () => gitVersion(world));
  if ('gap' in git) return [nodeCheck(), git.gap];
  return [
    nodeCheck(),
    gitCheck(git.value),
    await repositoryCheck(root, world),
    ...(await identityCheck(place, world)),
    configCheck(place, world),
    await stateCheck(stateRootFor(probe, place.resolution, world)),
    ...(await lockChecks(flags, world)),
  ];
}

const OLDEST = { node: [20, 19], git: [2, 31] } as const;

function nodeCheck(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldest, least] = OLDEST.node;
  return major > oldest || (major === oldest && minor >= least)
    ? fine('node', process.version)
    : gap(
        'node',
        `${process.version} is older than ${OLDEST.node.join('.')}`,
        'Install a newer one: nvm install 22',
      );
}

function gitCheck(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldest, least] = OLDEST.git;
  return major > oldest || (major === oldest && minor >= least)
    ? fine('git', `version ${version}`)
    : gap('git', `version ${version} is older than ${OLDEST.git.join('.')}`, 'Install a newer git.');
}

async function repositoryCheck(root: string, world: World): Promise<Check> {
  const found = await attempt('repository', () =>
    preflight(join(root, 'plan.md'), { commits: false, world }),
  );
  return 'gap' in found ? found.gap : fine('repository', root);
}

/** Nobody needs to be known to git where nothing is committed. */
async function identityCheck({ repo, resolution }: Place, world: World): Promise<Check[]> {
  if (!repo || valueOf(resolution, 'commit') !== true) return [];
  const found = await attempt('identity', () => checkIdentity(repo, world));
  return ['gap' in found ? found.gap : fine('identity', 'git knows whose commits they are')];
}

/** Files that cannot be read, or hold what is not allowed, were refused before. */
function configCheck({ resolution }: Place, world: World): Check {
  const origins = new Set([...resolution.options.values()].map(({ origin }) => origin));
  const files = [...origins]
    .filter((origin) => origin.endsWith('.json'))
    .map((path) => shownPath(path, world));
  return fine('config', files.length === 0 ? 'no file sets anything; the defaults hold' : files.join(', '));
}

async function stateCheck(root: string): Promise<Check> {
  const existing = await nearestExisting(root);
  const isWritable = await access(existing, constants.W_OK).then(
    () => true,
    () => false,
  );
  return isWritable
    ? fine('state', root)
    : gap('state', `${existing} cannot be written`, 'Keep the state elsewhere with: --state-root DIR');
}

async function nearestExisting(path: string): Promise<string> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  return exists || dirname(path) === path ? path : nearestExisting(dirname(path));
}

/** A plan that a run works on is no gap; a lock of another machine may never be given back. */
async function lockChecks(flags: CommonFlags, world: World): Promise<Check[]> {
  const plans = [...new Set((await runsHere(flags, world)).map(({ plan }) => plan))];
  const holders = await Promise.all(
    plans.map(async (plan) => ({ plan: shownPath(plan, world), owner: await lockHolder(plan) })),
  );
  const held = holders.flatMap(({ plan, owner }): Check[] => {
    if (!owner) return [];
    const detail = `${plan} is being refined by run ${owner.run} (process ${owner.pid} on ${owner.host})`;
    const fix = `If that process is surely gone: refine-plan resume ${shellWord(plan)} --take-lock`;
    return [owner.host === hostname() ? fine('lock', detail) : gap('lock', detail, fix)];
  });
  return held.length === 0 ? [fine('lock', 'no plan here is being refined')] : held;
}

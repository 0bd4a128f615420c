import { join } from 'node:path';
import { planPatch } from '../../core/plan-patch.ts';
import { noRepository } from '../../errors/git.ts';
import { jsonText } from '../../lib/json-text.ts';
import { oneLine } from '../../lib/text.ts';
import { placedFile, placeFile, type Placed } from '../../store/placed-file.ts';
import { coloredDiff } from '../../ui/colored-diff.ts';
import { themeFor } from '../../ui/theme.ts';
import { askYes } from '../confirmed.ts';
import { isGiven, type CommonFlags } from '../flags.ts';
import { foundText, lookAround } from '../init/detected.ts';
import { targetsFor, type Target } from '../init/targets.ts';
import { toldOutcome, type Outcome } from '../init/outcome.ts';
import { placeOf } from '../place.ts';
import { shownPath } from '../runs-here.ts';
import { valueOf } from '../settings.ts';
import { isUnattended } from '../unattended.ts';
import type { World } from '../world.ts';

/**
 * `refine-plan init`: a commented config file, a workflow for GitHub and the skill for agents, as far as they are of use in
 * this repository. Each is shown and asked for; what is there already is replaced only by who says so.
 */
export async function init(_: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const { repo, resolution } = await placeOf(world.cwd, flags, world, { needsGit: true });
  if (!repo) throw noRepository(world.cwd);
  const found = await lookAround(repo, String(valueOf(resolution, 'plan-glob')), world);
  if (!flags.json) world.stdout.write(foundText(found));
  const asker: Asker = {
    flags,
    world,
    isAttended: !flags.json && !isUnattended(resolution, world),
  };
  const dealt: Dealt[] = [];
  for (const target of targetsFor({ found, root: repo.root, resolution }, flags, world)) {
    const outcome = await deal(target, repo.root, asker);
    const path = join(repo.root, target.name);
    if (!flags.json)
      world.stdout.write(`${toldOutcome(outcome, { path: shownPath(path, world), target })}\n`);
    dealt.push({ path, target, outcome });
  }
  if (flags.json)
    world.stdout.write(
      `${jsonText({ plans: found.plans, ci: found.ci, on_github: found.isOnGitHub, files: dealt.map(fileJson) })}\n`,
    );
  return dealt.some(({ target, outcome }) => isGiven(flags, target.flag) && isMissing(outcome)) ? 1 : 0;
}

type Dealt = { readonly path: string; readonly target: Target; readonly outcome: Outcome };

type Asker = { readonly flags: CommonFlags; readonly world: World; readonly isAttended: boolean };

async function deal(target: Target, root: string, asker: Asker): Promise<Outcome> {
  const seen = await placedFile(root, target.name);
  if (target.isKept && seen.kind !== 'nothing') return { kind: 'unchanged' };
  const now = seen.kind === 'nothing' ? null : seen.text;
  const text = await target.text(now);
  if (now === text) return { kind: 'unchanged' };
  if (seen.kind === 'in-the-way') return { kind: 'in-the-way', what: seen.what };

  show({ name: target.name, now: now ?? '', text }, asker);
  const refusal = await refusalOf(target, seen, asker);
  if (refusal) return refusal;
  if (!(await placeFile(root, target.name, { text, seen })))
    return { kind: 'in-the-way', what: `${target.name} was changed meanwhile` };
  return { kind: seen.kind === 'nothing' ? 'written' : 'replaced', text };
}

function show(
  { name, now, text }: { readonly name: string; readonly now: string; readonly text: string },
  { flags, world }: Asker,
): void {
  if (flags.json) return;
  const theme = themeFor(world.stdout, world.env, { noColor: flags.noColor, quiet: false });
  world.stdout.write(coloredDiff(planPatch(name, now, text), theme));
}

/** Why a file is not to be written. A flag or `--yes` speaks for a file that is not there; for one that is, it takes both. */
async function refusalOf(
  target: Target,
  seen: Placed,
  { flags, world, isAttended }: Asker,
): Promise<Outcome | null> {
  const isNew = seen.kind === 'nothing';
  const [isNamed, isYes] = [isGiven(flags, target.flag), isGiven(flags, 'yes')];
  if (isNew ? isNamed || isYes : isNamed && isYes) return null;
  if (!isAttended) return { kind: isNew ? 'unasked' : 'differs' };
  const isWanted = await askYes(`${isNew ? 'Write' : 'Replace'} ${target.name}?`, flags, world);
  return isWanted ? null : { kind: 'declined' };
}

function isMissing({ kind }: Outcome): boolean {
  return kind === 'differs' || kind === 'in-the-way';
}

function fileJson({ path, target, outcome }: Dealt): object {
  return {
    path,
    outcome: outcome.kind,
    flag: `--${target.flag}`,
    ...('what' in outcome && { because: oneLine(outcome.what) }),
    ...('text' in outcome && { next: target.next(outcome.text) }),
  };
}

import { planPatch } from '../../core/plan-patch.ts';
import { roundTexts } from '../../core/round-texts.ts';
import type { Run } from '../../core/run.ts';
import { badFlag } from '../../errors/cli.ts';
import { noSuchRound, planGone } from '../../errors/undo.ts';
import { jsonText } from '../../lib/json-text.ts';
import { digest, openPlanFile } from '../../store/plan-file.ts';
import { coloredDiff } from '../../ui/colored-diff.ts';
import { themeFor } from '../../ui/theme.ts';
import { givenText, isGiven, type CommonFlags } from '../flags.ts';
import { initialText, keptText } from '../kept-text.ts';
import { runNamed, shownPath } from '../runs-here.ts';
import type { World } from '../world.ts';

type Texts = { readonly before: string; readonly after: string };

/** `refine-plan diff [plan-or-run]`: the plan then and now, or what one round made of it, as a patch. */
export async function diff(args: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const round = givenText(flags, 'round');
  if (round !== undefined && !/^[1-9]\d{0,5}$/.test(round))
    throw badFlag('--round', round, ['the number of a round, from 1']);
  const { run, dir } = await runNamed(args, flags, world);
  const { before, after } = await textsOf(run, dir, { round, isAsLeft: isGiven(flags, 'as-left'), world });
  const patch = planPatch(run.started.plan.relative, before, after);
  if (flags.json) {
    const about = {
      run: run.id,
      plan: run.started.plan.path,
      round: round === undefined ? null : Number(round),
    };
    world.stdout.write(
      `${jsonText({ ...about, sha256_before: digest(before), sha256_after: digest(after), diff: patch })}\n`,
    );
    return 0;
  }
  const theme = themeFor(world.stdout, world.env, { noColor: flags.noColor, quiet: false });
  // What is piped on is the patch as it is, for git to apply.
  const isShown = world.stdout.isTTY || theme.colors.isColorSupported;
  world.stdout.write(isShown ? coloredDiff(patch, theme) : patch);
  if (patch === '' && !flags.quiet) world.stderr.write('The plan is the same, byte for byte.\n');
  return 0;
}

type Wish = { readonly round: string | undefined; readonly isAsLeft: boolean; readonly world: World };

async function textsOf(run: Run, dir: string, { round, isAsLeft, world }: Wish): Promise<Texts> {
  const written = roundTexts(run);
  if (round !== undefined) return textsOfRound(run, dir, Number(round));
  const before = await initialText(run, dir);
  const last = written.at(-1);
  if (isAsLeft) return { before, after: last ? await keptText(dir, last.after) : before };
  const now = await openPlanFile(run.started.plan.path).read();
  if (now === null) throw planGone(shownPath(run.started.plan.path, world), run.id);
  return { before, after: now.text };
}

/** A round that wrote nothing changed nothing. */
async function textsOfRound(run: Run, dir: string, round: number): Promise<Texts> {
  const found = roundTexts(run).find((texts) => texts.round === round);
  if (found) return { before: await keptText(dir, found.before), after: await keptText(dir, found.after) };
  if (round > run.rounds.length) throw noSuchRound(round, { run: run.id, rounds: run.rounds.length });
  return { before: '', after: '' };
}

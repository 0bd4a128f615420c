import { dirname } from 'node:path';
import { dismissalOf } from '../../core/dismissal.ts';
import { withDismissal } from '../../core/dismiss.ts';
import { noReason, noSuchFinding, nothingRaised } from '../../errors/dismissed.ts';
import { jsonText } from '../../lib/json-text.ts';
import { dismissedText } from '../../report/dismissed.ts';
import { dismissedFile, readDismissals, writeDismissals } from '../../store/dismissed.ts';
import type { CommonFlags } from '../flags.ts';
import { readPlanAt } from '../plan-path.ts';
import { runNamed, shownPath, targetOf } from '../runs-here.ts';
import { workTreeTop } from '../settings-at.ts';
import type { World } from '../world.ts';

/** `refine-plan dismiss <plan> <id> --because TEXT`: settles a finding of the newest run for good, beside the plan. */
export async function dismiss(args: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const [named = '', id = ''] = args;
  const because = flags.because?.trim() ?? '';
  if (because === '') throw noReason(named, id);
  const plan = await readPlanAt(named, world.cwd);
  const { run } = await runNamed([named], flags, world);
  const about = { run: run.id, plan: named, target: targetOf(named, flags) };
  if (run.ledger.size === 0) throw nothingRaised(about);
  const finding = run.ledger.get(id.toUpperCase())?.finding;
  if (!finding) throw noSuchFinding(id, about);

  const before = await readDismissals(plan.path);
  const dismissal = dismissalOf(finding, { because, at: world.now().toISOString(), run: run.id });
  const after = withDismissal(before, dismissal, { finding, plan: plan.text });
  await writeDismissals(plan.path, after);
  if (flags.json) world.stdout.write(`${jsonText(dismissal)}\n`);
  else {
    const isInGit = (await workTreeTop(dirname(plan.path))) !== null;
    const file = shownPath(dismissedFile(plan.path), world);
    world.stdout.write(dismissedText(dismissal, { file, isAgain: after.length === before.length, isInGit }));
  }
  return 0;
}

import { jsonText } from '../../lib/json-text.ts';
import { table } from '../../report/table.ts';
import { themeFor } from '../../ui/theme.ts';
import type { CommonFlags } from '../flags.ts';
import { runsHere, shownPath } from '../runs-here.ts';
import type { World } from '../world.ts';

/** `refine-plan list`: every run of this repository, newest first. */
export async function list(_: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  if (flags.watch) return (await import('./list-watch.ts')).listWatch(flags, world);
  const runs = await runsHere(flags, world);
  if (flags.json) {
    const rows = runs.map(({ id, kind, plan, status, round, startedAt, lastAt, dir }) => ({
      run: id,
      kind,
      plan,
      status,
      round,
      started_at: startedAt,
      last_at: lastAt,
      state_dir: dir,
    }));
    world.stdout.write(`${jsonText(rows)}\n`);
    return 0;
  }
  if (runs.length === 0) {
    world.stdout.write(
      'There is no run in this repository yet. Start one with: refine-plan docs/plans/your-plan.md\n',
    );
    return 0;
  }
  const rows = runs.map(({ id, kind, plan, status, round }) => [
    id,
    kind,
    status,
    String(round),
    shownPath(plan, world),
  ]);
  const { isUnicode } = themeFor(world.stdout, world.env, { noColor: flags.noColor, quiet: false });
  world.stdout.write(
    `${table([['Run', 'Kind', 'Status', 'Rounds', 'Plan'], ...rows], { isUnicode, hasTotal: false })}\n`,
  );
  return 0;
}

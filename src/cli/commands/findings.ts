import { jsonText } from '../../lib/json-text.ts';
import { findingRows, findingsText } from '../../report/findings.ts';
import type { CommonFlags } from '../flags.ts';
import { runNamed } from '../runs-here.ts';
import type { World } from '../world.ts';

/** `refine-plan findings [plan]`: the ledger of the newest run. */
export async function findings(args: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const { run } = await runNamed(args, flags, world);
  world.stdout.write(flags.json ? `${jsonText(findingRows(run))}\n` : findingsText(run));
  return 0;
}

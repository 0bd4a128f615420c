import { jsonText } from '../../lib/json-text.ts';
import { oneLine } from '../../lib/text.ts';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { badFlag } from '../../errors/cli.ts';
import { cannotWriteOutput } from '../../errors/store.ts';
import { jsonReport } from '../../report/json.ts';
import { textReport } from '../../report/text.ts';
import { themeFor } from '../../ui/theme.ts';
import type { CommonFlags } from '../flags.ts';
import { runNamed, shownPath, targetOf } from '../runs-here.ts';
import type { World } from '../world.ts';

/** `refine-plan report [plan|run]`: a whole run, told. */
export async function report(args: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const format = flags.json ? 'json' : flags.format;
  if (format !== 'text' && format !== 'json') throw badFlag('--format', format, ['text', 'json']);
  const { run, dir } = await runNamed(args, flags, world);
  const plan = shownPath(run.started.plan.path, world);
  const { isUnicode } = themeFor(world.stdout, world.env, { noColor: flags.noColor, quiet: false });
  const text =
    format === 'json'
      ? `${jsonText(jsonReport(run, dir), 2)}\n`
      : textReport(run, {
          isUnicode,
          stateDir: oneLine(shownPath(dir, world)),
          plan,
          target: targetOf(plan, flags),
        });
  if (flags.output === undefined) world.stdout.write(text);
  else {
    const path = resolve(world.cwd, flags.output);
    await writeFile(path, world.redact(text)).catch((error: unknown) => {
      throw cannotWriteOutput(flags.output ?? path, error);
    });
  }
  return 0;
}

import { jsonText } from '../../lib/json-text.ts';
import { count } from '../../lib/text.ts';
import { themeFor } from '../../ui/theme.ts';
import { readySettings } from '../agents.ts';
import { agentChecks } from '../doctor/agent-checks.ts';
import { attempt, type Check } from '../doctor/check.ts';
import { liveChecks, type LiveCheck } from '../doctor/live-checks.ts';
import { placeChecks } from '../doctor/place-checks.ts';
import { isGiven, type CommonFlags } from '../flags.ts';
import { placeOf } from '../place.ts';
import type { World } from '../world.ts';

/** `refine-plan doctor`: what is installed, logged in, writable, and what to do about it. Exit 1 with gaps. */
export async function doctor(_: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const { checks, live } = await examine(flags, world);
  const all = [...checks, ...live];
  const isFit = all.every(({ ok }) => ok);
  if (flags.json) world.stdout.write(`${jsonText({ ok: isFit, checks: all })}\n`);
  else world.stdout.write(text(all, flags, world) + costText(live));
  return isFit ? 0 : 1;
}

type Findings = { readonly checks: readonly Check[]; readonly live: readonly LiveCheck[] };

async function examine(flags: CommonFlags, world: World): Promise<Findings> {
  const place = await attempt('configuration', () => placeOf(world.cwd, flags, world));
  if ('gap' in place) return { checks: [place.gap], live: [] };
  const checks = await placeChecks(place.value, flags, world);
  const settings = await attempt('agents', () => readySettings(place.value.resolution, world));
  if ('gap' in settings) return { checks: [...checks, settings.gap], live: [] };
  return {
    checks: [...checks, ...(await agentChecks(settings.value, world))],
    live: isGiven(flags, 'live') ? await liveChecks(settings.value, place.value, world) : [],
  };
}

function text(checks: readonly Check[], flags: CommonFlags, world: World): string {
  const { isUnicode, colors } = themeFor(world.stdout, world.env, { noColor: flags.noColor, quiet: false });
  const mark = (ok: boolean): string =>
    ok ? colors.green(isUnicode ? '✓' : 'ok ') : colors.red(isUnicode ? '✗' : 'NO ');
  const width = Math.max(...checks.map(({ name }) => name.length));
  const indent = ' '.repeat(width + (isUnicode ? 4 : 6));
  return checks
    .map(
      ({ name, ok, detail, fix }) =>
        `${mark(ok)} ${name.padEnd(width)}  ${detail}\n${fix ? `${indent}${fix}\n` : ''}`,
    )
    .join('');
}

/** What the live checks cost in all; a run would count as much against its budgets. */
function costText(live: readonly LiveCheck[]): string {
  if (live.length === 0) return '';
  const known = live.flatMap(({ tokens }) => (tokens ? [tokens.input + tokens.output] : []));
  const tokens = known.length === 0 ? 'tokens not told' : `${known.reduce((sum, n) => sum + n, 0)} tokens`;
  return `The live check made ${count(live.length, 'call')}: ${tokens}.\n`;
}

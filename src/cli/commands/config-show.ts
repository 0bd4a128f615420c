import { jsonText } from '../../lib/json-text.ts';
import { table } from '../../report/table.ts';
import { themeFor } from '../../ui/theme.ts';
import type { CommonFlags } from '../flags.ts';
import { configKey } from '../option-table.ts';
import { placeOf } from '../place.ts';
import type { Resolution, Resolved } from '../resolve.ts';
import { sayIgnored } from '../say-ignored.ts';
import type { World } from '../world.ts';

/** `refine-plan config show`: every setting, and where its value came from. */
export async function configShow(_: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const { resolution } = await placeOf(world.cwd, flags, world);
  sayIgnored(resolution, world);
  const settings = [...resolution.options.values()];
  if (flags.json) {
    world.stdout.write(`${jsonText(resolutionJson(resolution))}\n`);
    return 0;
  }
  const { isUnicode } = themeFor(world.stdout, world.env, { noColor: flags.noColor, quiet: false });
  const rows = settings.map((setting) => [configKey(setting.spec.name), valueText(setting), setting.origin]);
  const prompts = [...resolution.prompts].map(([name, { path, from }]) => [`prompts.${name}`, path, from]);
  world.stdout.write(
    `${table([['Setting', 'Value', 'From'], ...rows, ...prompts], { isUnicode, hasTotal: false })}\n`,
  );
  return 0;
}

/** Every setting and replaced prompt with its origin, as `--json` has them. */
export function resolutionJson({ options, prompts, ignored }: Resolution): object {
  const settings = [...options.values()].map(({ spec, value, origin }) => [
    configKey(spec.name),
    { value, origin },
  ]);
  return { settings: Object.fromEntries(settings), prompts: Object.fromEntries(prompts), ignored };
}

export function valueText({ spec, value }: Resolved): string {
  if (value === null) return spec.default === null ? '(not set)' : spec.default;
  if (spec.kind === 'duration' && typeof value === 'number') return durationText(value);
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** A duration as it can be typed. */
function durationText(ms: number): string {
  const units = [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const;
  const whole = units.find(([, size]) => ms !== 0 && ms % size === 0);
  if (whole) return `${ms / whole[1]}${whole[0]}`;
  return ms === 0 ? '0' : `${ms}ms`;
}

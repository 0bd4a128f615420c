import { jsonText } from '../../lib/json-text.ts';
import { count } from '../../lib/text.ts';
import { sentinelsOf } from '../../core/sentinels.ts';
import type { CommonFlags } from '../flags.ts';
import { planPlace } from '../place.ts';
import type { World } from '../world.ts';

/** `refine-plan sentinels <plan>`: the strings the drift guard protects. */
export async function sentinels(args: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const { plan } = await planPlace(args, flags, world);
  const { strings, markerLines } = sentinelsOf(plan.text);
  if (flags.json) world.stdout.write(`${jsonText({ marker_lines: markerLines, sentinels: strings })}\n`);
  else if (markerLines === 0)
    world.stdout.write('No line is marked **load-bearing, so no drift guard runs.\n');
  else {
    const lines = strings.map(({ text, line }) => `${String(line).padStart(5)}  ${text}\n`);
    world.stdout.write(
      `${lines.join('')}${count(strings.length, 'string')} near ${count(markerLines, 'marked line')}.\n`,
    );
  }
  return 0;
}

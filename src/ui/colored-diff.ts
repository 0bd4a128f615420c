import { clean } from '../lib/text.ts';
import type { Theme } from './theme.ts';

/** A unified diff as a terminal shows it: in its colours, and with nothing in it that a terminal would obey. */
export function coloredDiff(diff: string, { colors }: Pick<Theme, 'colors'>): string {
  return diff
    .split('\n')
    .map((line) => {
      const text = clean(line);
      if (/^(?:---|\+\+\+) [ab]\//.test(line)) return colors.bold(text);
      if (line.startsWith('@@')) return colors.cyan(text);
      if (line.startsWith('+')) return colors.green(text);
      return line.startsWith('-') ? colors.red(text) : text;
    })
    .join('\n');
}

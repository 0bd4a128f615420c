import type { Dismissal } from '../core/dismissal.ts';
import { shellWord } from '../lib/shell-word.ts';
import { oneLine } from '../lib/text.ts';
import { shortName } from './short.ts';

/** What is said of a finding that was just dismissed; `file` is where that is kept, as the user would type it. */
export function dismissedText(
  { title, because, from }: Dismissal,
  { file, isAgain, isInGit }: { readonly file: string; readonly isAgain: boolean; readonly isInGit: boolean },
): string {
  const name = `${from.finding} ${shortName(title)}`.trim();
  const word = shellWord(file);
  const lines = [
    `${name} ${isAgain ? 'was dismissed before; the reason is now' : 'is dismissed'}: ${oneLine(because)}`,
    `It is listed, and not acted on, when it is raised again. ${oneLine(file)} keeps that${isInGit ? '; it is yours to commit:' : '.'}`,
    ...(isInGit ? [`  git add ${word} && git commit -m "Dismiss ${from.finding}" -- ${word}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

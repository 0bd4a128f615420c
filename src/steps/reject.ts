import type { Edit } from '../core/edits-schema.ts';
import { files } from '../core/paths.ts';
import type { RunFiles } from '../ports.ts';

type Rejected = {
  readonly call: string;
  readonly problem: string;
  readonly edits?: readonly Edit[];
  readonly text?: string;
};

/** Keeps edits that were not applied, so that nothing an implementer wrote is lost. Repeated, it writes the same once. */
export async function reject(
  kept: RunFiles,
  round: number,
  { call, problem, edits = [], text }: Rejected,
): Promise<void> {
  const name = files.rejected(round);
  const before = (await kept.read(name)) ?? '# Edits that were not applied\n';
  const heading = `\n## ${call}: ${problem.split('\n', 1)[0] ?? ''}\n`;
  if (before.includes(heading)) return;
  const body = [
    problem,
    ...edits.map(editText),
    ...(text === undefined ? [] : ['The whole text:', fenced(text)]),
  ];
  await kept.write(name, `${before}${heading}\n${body.join('\n\n')}\n`);
}

function editText({ findings, old_text: before, new_text: after }: Edit): string {
  return `For ${findings.join(', ')}, replace\n\n${fenced(before)}\n\nby\n\n${fenced(after)}`;
}

function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text.replace(/\n$/, '')}\n${fence}`;
}

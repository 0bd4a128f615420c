import { checkbox, confirm, input } from '@inquirer/prompts';
import type { Finding } from '../core/finding.ts';
import { clean, oneLine } from '../lib/text.ts';
import type { User } from '../ports.ts';

type Terminal = { readonly input: NodeJS.ReadStream; readonly output: NodeJS.WriteStream };

/** Lets the person at the terminal drop or annotate findings, and see a diff before it is written. */
export function triageAt(terminal: Terminal): Pick<User, 'triage' | 'approve'> {
  return {
    triage: async (findings, signal) => {
      const context = { ...terminal, signal };
      const kept = await checkbox(
        { message: 'Which findings are to be acted on?', choices: choicesOf(findings) },
        context,
      );
      const others = findings.filter(({ id }) => !kept.includes(id));
      const dropped: { id: string; reason: string }[] = [];
      for (const { id } of others)
        dropped.push({
          id,
          reason: (await input({ message: `Why not ${id}?` }, context)).trim() || 'You dropped it.',
        });
      const notes: { id: string; note: string }[] = [];
      const annotated =
        kept.length === 0
          ? []
          : await annotate(
              findings.filter(({ id }) => kept.includes(id)),
              context,
            );
      notes.push(...annotated);
      return { by: 'user', dropped, notes };
    },
    approve: async (diff, signal) => {
      terminal.output.write(`${clean(diff)}\n`);
      const applied = await confirm({ message: 'Write this?', default: true }, { ...terminal, signal });
      return { by: 'user', applied };
    },
  };
}

function choicesOf(
  findings: readonly Finding[],
  checked = true,
): { value: string; name: string; checked: boolean }[] {
  return findings.map(({ id, severity, title, anchor }) => ({
    value: id,
    name: `${id} ${severity}${anchor.lines ? ` :${anchor.lines.start}` : ''} ${oneLine(title)}`,
    checked,
  }));
}

async function annotate(
  findings: readonly Finding[],
  context: Terminal & { readonly signal: AbortSignal },
): Promise<{ id: string; note: string }[]> {
  const message = 'Which of them do you want to say something about to the implementer?';
  const chosen = await checkbox({ message, choices: choicesOf(findings, false) }, context);
  const notes: { id: string; note: string }[] = [];
  for (const id of chosen) {
    const note = (await input({ message: `About ${id}:` }, context)).trim();
    if (note !== '') notes.push({ id, note });
  }
  return notes;
}

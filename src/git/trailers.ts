import type { CommitRequest } from '../ports.ts';
import { inert } from '../lib/commit-text.ts';
import { oneLine } from '../lib/text.ts';

/** The trailer that a resumed run recognises its own commits by. */
export const RUN_TRAILER = 'Refine-Plan-Run';

type Wording = Pick<CommitRequest, 'subject' | 'body' | 'trailers' | 'key'>;

/** The message of a commit. Its last paragraph holds trailers only, and no other line can pass for one. */
export function commitMessage({ subject, body, trailers, key }: Wording): string {
  const given = trailers.map(oneLine);
  const lines = [...body.map((line) => inert(oneLine(line))), ...given.filter((line) => !isTrailer(line))]
    .filter((line) => line !== '')
    .map(harmless);
  const last = [...given.filter(isTrailer), `${RUN_TRAILER}: ${keyOf(key)}`];
  const paragraphs = [subjectOf(subject), lines.join('\n'), last.join('\n')];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

/** The key as it stands in the trailer: a run is named after its plan, whose name may hold anything. */
export function keyOf(key: string): string {
  return inert(oneLine(key));
}

/** The subject as it stands in the commit. */
export function subjectOf(subject: string): string {
  return inert(oneLine(subject));
}

function isTrailer(line: string): boolean {
  return /^[A-Za-z0-9-]+ ?: ?\S/.test(line);
}

/** A line that git would read as a trailer, or as the end of the message, becomes a list item. */
function harmless(line: string): string {
  return /^(?:[A-Za-z0-9-]+\s*[:=#]|---|\(cherry picked)/.test(line) ? `- ${line}` : line;
}

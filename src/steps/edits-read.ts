import type { FactOf } from '../core/fact.ts';
import { files } from '../core/paths.ts';
import type { Ports } from '../ports.ts';

export type EditsRead = FactOf<'edits.read'>;

/** What is known before an answer was looked at; `call` is empty where only fixes are taken back. */
export function nothingRead(round: number, call: string | null): Omit<EditsRead, 'result'> {
  return {
    type: 'edits.read',
    round,
    call: call ?? '',
    problem: null,
    summary: '',
    edits: [],
    kept: [],
    reverts: [],
    declined: [],
    skipped: [],
    outside: [],
    handed_over: [],
    frozen: [],
    sha256: null,
    candidate: null,
  };
}

/** Keeps a text that may become the plan, and what was said of it. */
export async function keepCandidate(
  ports: Ports,
  round: number,
  text: string,
  summary: string,
): Promise<void> {
  await ports.files.write(files.candidate(round), text);
  await ports.files.write(files.summary(round), `${summary.trim()}\n`);
}

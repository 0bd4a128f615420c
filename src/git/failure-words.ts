import { commitProblem } from '../errors/git.ts';
import { clean } from '../lib/text.ts';
import type { GitEnd } from './run-git.ts';

const LONGEST = 4000;

/** What to show of a commit that failed: git's own words and its hooks', or a sentence where there are none. */
export function failureWords(end: GitEnd & { readonly held: string | null }, timeoutMs: number): string {
  if (end.held !== null) return commitProblem.lockHeld(end.held);
  const said = clean(end.output.replace(/\r\n?/g, '\n')).trim();
  const problem = problemOf(end, said, timeoutMs);
  if (problem === null) return lastOf(said, LONGEST);
  return said === '' ? problem : `${problem}\n${lastOf(said, LONGEST - problem.length - 1)}`;
}

function problemOf({ exitCode, timedOut }: GitEnd, said: string, timeoutMs: number): string | null {
  if (timedOut) return commitProblem.timedOut(timeoutMs);
  if (exitCode === null) return commitProblem.ended();
  if (exitCode === 0) return commitProblem.noCommit();
  return said === '' ? commitProblem.silentHook() : null;
}

/** The end of a long text: git and most tools name the reason last. */
function lastOf(text: string, most: number): string {
  if (text.length <= most) return text;
  return `…${text.slice(1 - most).replace(/^[\uDC00-\uDFFF]/, '')}`;
}

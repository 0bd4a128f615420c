import { placeError, type UserError } from '../errors.ts';
import { shellWord } from '../lib/shell-word.ts';
import { oneLine } from '../lib/text.ts';

/** A link in a repository stands for a plan somewhere else. */
export function planLeadsOut(named: string, path: string): UserError {
  return placeError(
    'plan_leads_out',
    `${oneLine(named)} lies in a repository and leads out of it, to ${oneLine(path)}; a repository may not choose what is read of your machine.`,
    `Name that file itself: refine-plan ${shellWord(path)} - or trust the repository with: --trust-project`,
  );
}

/** Git keeps what should be the user's own record. */
export function statePlanted(dir: string): UserError {
  return placeError(
    'state_in_git',
    `Git keeps ${oneLine(dir)}, so what is recorded there comes with the repository, and not from runs of yours.`,
    `Take it out of git: git rm -r --cached ${shellWord(dir)} - or trust the repository with: --trust-project`,
  );
}

/** A run that lies beside a plan, and was recorded for another path. */
export function runMoved(run: {
  readonly id: string;
  readonly dir: string;
  readonly from: string;
}): UserError {
  return placeError(
    'run_moved',
    `Run ${oneLine(run.id)} was recorded at ${oneLine(run.from)}, not here; what it names would be run, and what it kept be written.`,
    `If you moved or copied it yourself, add --trust-project; if not, move it out of the way: mv ${shellWord(run.dir)} ~`,
  );
}

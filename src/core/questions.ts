import { count, shorten, words } from '../lib/text.ts';
import type { FactOf } from './fact.ts';
import { LARGEST_PLAN } from './plan-text.ts';
import { fixesAndInduced } from './policies/divergence.ts';
import { isUnwatched } from './policies/strategy.ts';
import type { Stuck } from './policies/stuck.ts';
import type { Disturbance, Run } from './run.ts';
import { QUESTIONS } from './question-names.ts';
import type { Question } from './step.ts';

/** Asked when a run of this plan did not come to its end. */
export function resumeQuestion(run: Run): Question {
  const { plan } = run.started;
  const round = run.rounds.at(-1);
  const where = round ? `in round ${round.number}` : 'before its first round';
  const next = round && round.how === null ? round.number : run.rounds.length + 1;
  return question('resume', [run.id], {
    why: `Run ${run.id} of ${plan.relative} was interrupted ${where}; it would go on with round ${next}.`,
  });
}

/** Asked when the plan differs from HEAD before the first round. */
export function dirtyQuestion(plan: string, dirty: FactOf<'run.started'>['dirty']): Question {
  const how = {
    clean: '',
    modified: 'has changes that are not committed',
    untracked: 'is not in git yet',
    'partly-staged': 'is staged in one version and edited in another',
  };
  return question('dirty', [plan], { why: `${plan} ${how[dirty]}.` });
}

/** Asked when findings that were fixed before are raised again. */
export function stuckQuestion(run: Run, stuck: readonly Stuck[]): Question {
  const titles = stuck.map(({ id, isRegression }) => {
    return `${id} ${isRegression ? '(back again) ' : ''}${titleOf(id, run)}`.trim();
  });
  const why = `${count(stuck.length, 'finding was fixed before and is', 'findings were fixed before and are')} raised again: ${titles.join('; ')}.`;
  return question(
    'stuck',
    stuck.map(({ id }) => id),
    { why, ...(isUnwatched(run) ? { fallback: 'terminate' } : {}) },
  );
}

/** Asked when only a change of a decision would resolve a finding. */
export function designQuestion(run: Run, ids: readonly string[]): Question {
  const titles = ids.map((id) => `${id} ${titleOf(id, run)}`.trim());
  const why = `${count(ids.length, 'finding asks', 'findings ask')} for a change of design: ${titles.join('; ')}.`;
  return question('design', ids, { why });
}

/** What a model calls a finding may be of any length; a secret that is cut is not known again, so little is cut. */
function titleOf(id: string, { ledger }: Run): string {
  return shorten(ledger.get(id)?.finding.title ?? '', 2_000);
}

/** Asked when the fixes of this run raise about as many findings as they resolve. */
export function divergenceQuestion(run: Run): Question {
  const { fixes, induced } = fixesAndInduced(run);
  const why = `The loop feeds on its own fixes: of ${count(fixes, 'fix', 'fixes')}, ${count(induced, 'finding')} came.`;
  return question('divergence', [], { why });
}

/** Asked when an edit, or what was found after a commit, would lose load-bearing strings. */
export function driftQuestion(drift: FactOf<'drift.checked'>, mayRevert: boolean): Question {
  const marks = drift.markers_after < drift.markers_before && 'a **load-bearing** mark';
  const strings =
    drift.lost.length > 0 && `${count(drift.lost.length, 'load-bearing string')}: ${drift.lost.join(', ')}`;
  const why =
    words(
      drift.of === 'hook' ? 'What a commit hook, or somebody else meanwhile, made of the plan' : 'The edit',
      'would lose',
      [strings, marks].filter(Boolean).join(', and '),
    ) + '.';
  const options = mayRevert ? QUESTIONS.drift : (['abort', 'accept'] as const);
  return question('drift', drift.lost, { why, options });
}

/** Asked when git refused the commit. */
export function commitQuestion(failed: FactOf<'commit.failed'>, attempt: number): Question {
  return question('commit_failure', [], {
    why: `The commit failed. Git says: ${sentence(failed.output)}`,
    attempt,
  });
}

/** Asked when somebody else changed the plan or the repository under the run. */
export function disturbanceQuestion(run: Run, change: Disturbance): Question {
  const plan = run.started.plan.relative;
  if (change.type === 'plan.changed') {
    if (change.found === null)
      return question('external_edit', [plan], { why: `${plan} is gone.`, options: ['abort'] });
    if (change.unfit)
      return question('external_edit', [plan], {
        why: `${plan} ${UNFIT[change.unfit]}.`,
        options: ['abort'],
      });
    if (change.when === 'between-rounds' && isDraftJustCommitted(run)) {
      const why = `${plan} was changed again while it was committed as a draft, as by a hook that does not stage what it writes.`;
      return question('external_edit', [plan], { why, options: ['abort'] });
    }
    const isMidRound = change.when === 'during-call' || change.when === 'before-write';
    const why = `${plan} was edited by someone else${isMidRound ? ' during the round' : ''}.`;
    return question('external_edit', [plan], { why, fallback: isMidRound ? 'abort' : 'take' });
  }
  const { from, to } = change;
  const what = {
    branch: `the branch is ${to.branch ?? 'detached'}, it was ${from.branch ?? 'detached'}`,
    head: 'the history was rewritten under the run',
    operation: `a ${to.operation ?? 'git operation'} is under way`,
  };
  return question('repo_change', [change.what], { why: `The repository changed: ${what[change.what]}.` });
}

/** What is there now cannot be taken for the plan, whoever wrote it. */
const UNFIT = {
  blank: 'was emptied',
  binary: 'has a NUL byte in it now, and is no text any more',
  'not-utf8': 'is no UTF-8 text any more',
  'too-large': `is larger than ${LARGEST_PLAN} bytes now`,
} as const;

/** Taken again and again, what each commit of a draft leaves would make drafts without end. */
function isDraftJustCommitted({ commits, rounds }: Run): boolean {
  const last = commits.at(-1);
  return last?.kind === 'draft' && last.round === rounds.length;
}

function question(
  name: Question['name'],
  about: readonly string[],
  rest: Pick<Question, 'why'> & Partial<Question>,
): Question {
  const options: readonly string[] = rest.options ?? QUESTIONS[name];
  return {
    name,
    about,
    options,
    fallback: rest.fallback ?? options[0] ?? '',
    attempt: rest.attempt ?? 1,
    why: rest.why,
  };
}

/** Git's own words, ended as a sentence. */
function sentence(output: string): string {
  const said = output.trim() || '(nothing)';
  return /[.!?)]$/.test(said) ? said : `${said}.`;
}

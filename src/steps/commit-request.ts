import type { Run } from '../core/run.ts';
import { themes } from '../core/themes.ts';
import { oneLine } from '../lib/text.ts';
import type { CommitRequest, Ports } from '../ports.ts';
import { firstOf, lookAround } from './look-around.ts';

/** What git is asked to commit, and in which words: a draft of the user's own, or what a round made of the plan. */
export function requestFor(kind: 'draft' | 'round', run: Run, ports: Ports): CommitRequest {
  const { plan, repo } = run.started;
  const round = run.rounds.length;
  const common = {
    path: plan.path,
    trailers: run.settings.commit_trailers,
    since: repo?.state.head ?? null,
    isAsChecked: async () => (await firstOf(lookAround(run, ports, 'before-write'))) === undefined,
  };
  const slug = ports.redact(plan.slug);
  return kind === 'draft'
    ? { ...common, ...draft(run.id, slug, round) }
    : { ...common, ...refinement(run, slug, ports) };
}

type Wording = Pick<CommitRequest, 'subject' | 'body' | 'key'>;

function draft(run: string, slug: string, round: number): Wording {
  const key = round === 0 ? `${run}/0` : `${run}/${round}-draft`;
  return { subject: `docs(plans): draft ${slug} before refinement`, body: [], key };
}

function refinement(run: Run, slug: string, { redact }: Pick<Ports, 'redact'>): Wording {
  const round = run.rounds.length;
  const actionable = run.rounds.at(-1)?.review?.findings.filter(({ gate }) => gate === 'actionable') ?? [];
  // Before a title is cut, and once more where what is invisible divided a secret.
  const told = actionable.map(({ severity, title }) => ({ severity, title: redact(oneLine(redact(title))) }));
  return {
    subject: `docs(plans): refine ${slug} against codex (round ${round})`,
    body: [themes(told), ...(isRewritten(run) ? [REWRITTEN] : [])],
    key: `${run.id}/${round}`,
  };
}

/** What the commit holds is not what was written for the findings, and passed the checks since. */
function isRewritten({ rounds, expected }: Run): boolean {
  const applied = rounds.at(-1)?.applied;
  return applied !== undefined && applied !== null && applied.sha256_after !== expected.sha256;
}

const REWRITTEN = 'Also holds what a commit hook, or somebody else, made of it meanwhile.';

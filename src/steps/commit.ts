import type { Fact } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import { themes } from '../core/themes.ts';
import type { CommitRequest, Ports, Repo } from '../ports.ts';
import { lookAround } from './look-around.ts';

type Kind = Extract<Step, { do: 'commit' }>['kind'];

/** Commits the plan alone, once per round however often it is asked. */
export async function* commit(
  { kind }: Extract<Step, { do: 'commit' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  if (!ports.repo) throw new Error('There is no repository to commit to.');
  const round = run.rounds.length;
  const request = requestFor(kind, run);
  const disturbance = await firstOf(
    lookAround(run, ports, kind === 'draft' ? 'between-rounds' : 'before-write'),
  );
  // A commit that was made and not recorded moved HEAD, or a hook of it rewrote the plan: that is our own doing.
  const made = disturbance && (await ports.repo.findCommit(request));
  if (disturbance && !made) {
    yield withWhen(disturbance, run);
    return;
  }
  ports.announce({ type: 'commit-began' });
  const result = made ?? (await ports.repo.commit(request, ports.signal));
  const sha256 = (await ports.plan.read())?.sha256 ?? '';
  if (result.result === 'failed')
    yield { type: 'commit.failed', round, kind, output: result.output, plan_sha256: sha256 };
  else if (result.result === 'same-as-head')
    yield { type: 'commit.skipped', round, kind, why: 'same-as-head' };
  else {
    yield {
      type: 'commit.created',
      round,
      kind,
      sha: result.sha,
      plan_sha256: sha256,
      repo: result.state,
      extra_paths: [...result.extraPaths],
      recognised: result.recognised,
    };
  }
}

async function firstOf(facts: AsyncIterable<Fact>): Promise<Fact | undefined> {
  for await (const fact of facts) return fact;
  return undefined;
}

/** Bytes that were there when the run was resumed were not written during the round. */
function withWhen(seen: Fact, { position }: Run): Fact {
  if (seen.type !== 'plan.changed' || seen.found === null || position.at !== 'committing') return seen;
  return seen.found === position.foundOnResume ? { ...seen, when: 'on-resume' } : seen;
}

function requestFor(kind: Kind, run: Run): Parameters<Repo['commit']>[0] {
  const { plan, repo } = run.started;
  const round = run.rounds.length;
  const common = { path: plan.path, trailers: run.settings.commit_trailers, since: repo?.state.head ?? null };
  return kind === 'draft'
    ? { ...common, ...draft(run.id, plan.slug, round) }
    : { ...common, ...refinement(run, plan.slug, round) };
}

type Wording = Pick<CommitRequest, 'subject' | 'body' | 'key'>;

function draft(run: string, slug: string, round: number): Wording {
  const key = round === 0 ? `${run}/0` : `${run}/${round}-draft`;
  return { subject: `docs(plans): draft ${slug} before refinement`, body: [], key };
}

function refinement(run: Run, slug: string, round: number): Wording {
  const actionable = run.rounds.at(-1)?.review?.findings.filter(({ gate }) => gate === 'actionable') ?? [];
  return {
    subject: `docs(plans): refine ${slug} against codex (round ${round})`,
    body: [themes(actionable)],
    key: `${run.id}/${round}`,
  };
}

import { evolve } from '../core/evolve.ts';
import type { Fact, FactOf } from '../core/fact.ts';
import { files } from '../core/paths.ts';
import { unfitBytes } from '../core/plan-text.ts';
import type { Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import { commitNotWritten } from '../errors/git.ts';
import { assertNever } from '../lib/assert-never.ts';
import type { CommitResult, Ports } from '../ports.ts';
import { requestFor } from './commit-request.ts';
import { firstOf, lookAround, lookAtRepo, planSeen } from './look-around.ts';
import { shiftTo } from './shift.ts';

type Kind = Extract<Step, { do: 'commit' }>['kind'];

/** Commits the plan alone, once per round however often it is asked. */
export async function* commit(
  { kind }: Extract<Step, { do: 'commit' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  if (!ports.repo) throw new Error('There is no repository to commit to.');
  const round = run.rounds.length;
  const request = requestFor(kind, run, ports);
  const disturbance = await firstOf(
    lookAround(run, ports, kind === 'draft' ? 'between-rounds' : 'before-write'),
  );
  // A commit that was made and not recorded moved HEAD, or a hook of it rewrote the plan: that is our own doing.
  const made = disturbance && (await ports.repo.findCommit(request));
  if (disturbance && !made) {
    yield withWhen(disturbance, run);
    return;
  }
  if (kind === 'draft' && !made) await keepStaged(round, run, ports);
  ports.announce({ type: 'commit-began' });
  const result = made ?? (await ports.repo.commit(request, ports.signal));
  switch (result.result) {
    case 'created':
      yield* committed(result, kind, run, ports);
      return;
    case 'same-as-head':
      yield { type: 'commit.skipped', round, kind, why: 'same-as-head' };
      return;
    case 'not-as-checked':
      yield* changedMeanwhile(run, ports);
      return;
    case 'failed': {
      const found = await ports.plan.read();
      if (!found || unfitBytes(found.text)) return yield* changedMeanwhile(run, ports);
      if (result.disk && found.sha256 === run.expected.sha256)
        throw commitNotWritten(result.disk, result.output);
      const left = await keepFound(found.text, kind, run, ports);
      yield { type: 'commit.failed', round, kind, output: result.output, ...left };
      return;
    }
    default:
      assertNever(result);
  }
}

/**
 * The commit stands. Whoever moved the repository while it was made is told apart from it: the run goes on from this commit,
 * on the branch that it was to be made on. Bytes of it that are no plan are asked about at once.
 */
async function* committed(
  { sha, recognised, extraPaths, content }: Extract<CommitResult, { result: 'created' }>,
  kind: Kind,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  const round = run.rounds.length;
  const text = content === undefined ? ((await ports.plan.read())?.text ?? '') : content;
  const created: FactOf<'commit.created'> = {
    type: 'commit.created',
    round,
    kind,
    sha,
    ...(text === null
      ? { plan_sha256: (await ports.plan.look())?.sha256 ?? run.expected.sha256 }
      : await keepFound(text, kind, run, ports)),
    repo: { branch: null, operation: null, ...run.expected.repo, head: sha },
    extra_paths: [...extraPaths],
    recognised,
  };
  yield created;
  const moved = await lookAtRepo(evolve(run, created), ports, 'between-rounds');
  if (moved) yield moved;
  else if (unfitBytes(text)) yield await planSeen(evolve(run, created), ports, 'between-rounds');
}

/**
 * Keeps what a commit left, where it is not what was checked: a hook's work, or of somebody who wrote while git was at it,
 * which nobody can tell apart. What came before it stays beside it.
 */
async function keepFound(
  text: string,
  kind: Kind,
  run: Run,
  ports: Ports,
): Promise<Pick<FactOf<'commit.failed'>, 'plan_sha256' | 'shift'>> {
  const plan_sha256 = ports.plan.digest(text);
  if (kind !== 'round' || plan_sha256 === run.expected.sha256) return { plan_sha256 };
  await ports.files.write(files.left(run.rounds.length, plan_sha256), text);
  const shift = await shiftTo(text, run, ports);
  return { plan_sha256, ...(shift && { shift }) };
}

/** Somebody wrote to the plan or moved the repository after they were looked at and before git was set to work. */
async function* changedMeanwhile(run: Run, ports: Ports): AsyncGenerator<Fact> {
  const seen = await firstOf(lookAround(run, ports, 'before-write'));
  yield seen ?? (await planSeen(run, ports, 'before-write')); // back as it was by now, and still worth a question
}

/** A draft is the plan as it is on disk: a version that was staged is kept beside the run. */
async function keepStaged(round: number, { started }: Run, { repo, files: kept }: Ports): Promise<void> {
  const staged = await repo?.staged(started.plan.path);
  if (typeof staged === 'string') await kept.write(files.staged(round), staged);
}

/** Bytes that were there when the run was resumed were not written during the round. */
function withWhen(seen: Fact, { position }: Run): Fact {
  if (seen.type !== 'plan.changed' || seen.found === null || position.at !== 'committing') return seen;
  return seen.found === position.foundOnResume ? { ...seen, when: 'on-resume' } : seen;
}

import type { Outcome } from '../../core/fact.ts';
import type { Run } from '../../core/run.ts';
import { createRepo } from '../../git/repo.ts';
import { findingRows } from '../../report/findings.ts';
import { reviewTable } from '../../report/review-table.ts';
import { chooseAgents } from '../agents.ts';
import { beginRun } from '../begin-run.ts';
import { dryRun } from '../dry-run.ts';
import { tellEnding, type Ended } from '../ending.ts';
import type { CommonFlags } from '../flags.ts';
import { planPlace } from '../place.ts';
import { refuseHugePrompt } from '../prompt-size.ts';
import { sayIgnored } from '../say-ignored.ts';
import { runSession } from '../session.ts';
import { settingsFrom } from '../settings.ts';
import { runGit, wallClock } from '../wire.ts';
import type { World } from '../world.ts';

/** `refine-plan review <plan>`: one review, findings only. It needs no repository, no clean plan and no lock. */
export async function review(args: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const place = await planPlace(args, flags, world);
  sayIgnored(place.resolution, flags, world);
  if (flags.dryRun) return dryRun(place, world);

  const agents = await chooseAgents(place.resolution, world, { needsImplementer: false });
  const settings = { ...settingsFrom(place.resolution, agents), commit: false };
  await refuseHugePrompt(place, settings);
  const clock = wallClock(world.now);
  const repo =
    place.repo && createRepo({ ...place.repo, world, runGit, clock, gitTimeoutMs: settings.git_timeout_ms });
  const { dir, before, facts } = await beginRun(place, {
    kind: 'review',
    settings,
    dirty: 'clean',
    repo,
    decisions: [],
    now: world.now(),
  });
  const tell = flags.json ? tellJson : tellTable;
  return runSession(
    { place, dir, before, facts, tell },
    { ...flags, json: false, quiet: flags.quiet || flags.json },
    world,
  );
}

function tellTable(ended: Ended, world: World): number {
  const { run, ending } = ended;
  if (ending.kind === 'finished' && isVerdict(ending.outcome))
    world.stdout.write(reviewTable(run, ended.theme));
  return tellEnding(ended, world);
}

/** One object of the findings schema, ids and gates beside it; nothing where there was no review. */
function tellJson({ run, ending }: Ended, world: World): number {
  if (ending.kind !== 'finished') return 3;
  const { outcome } = ending;
  world.stdout.write(`${JSON.stringify(isVerdict(outcome) ? reviewJson(run) : failureJson(outcome))}\n`);
  return outcome.exit_code;
}

function isVerdict({ status }: Outcome): boolean {
  return status.startsWith('completed_');
}

function reviewJson(run: Run): Record<string, unknown> {
  const parsed = run.rounds.at(-1)?.review;
  const gates = new Map(parsed?.findings.map(({ id, gate }) => [id, gate]));
  const findings = findingRows(run).map((row) => ({ ...row, gate: gates.get(row.id) }));
  return { verdict: parsed?.verdict, summary: parsed?.summary, findings, next_steps: [] };
}

function failureJson({ status, message }: Outcome): Record<string, unknown> {
  return { type: 'error', code: status, message, hint: 'See: refine-plan report' };
}

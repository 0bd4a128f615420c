import { jsonText } from '../../lib/json-text.ts';
import type { z } from 'zod';
import type { Outcome } from '../../core/fact.ts';
import type { ReviewAnswer } from '../../core/review-schema.ts';
import type { Run } from '../../core/run.ts';
import { findingRows } from '../../report/findings.ts';
import { reviewTable } from '../../report/review-table.ts';
import { readDismissals } from '../../store/dismissed.ts';
import { reviewSettings } from '../agents.ts';
import { beginRun } from '../begin-run.ts';
import { dryRun } from '../dry-run.ts';
import { REVIEW_VOID, tellEnding, type Ended } from '../ending.ts';
import { tellError } from '../error-line.ts';
import type { CommonFlags } from '../flags.ts';
import { planPlace } from '../place.ts';
import { refuseHugePrompt } from '../prompt-size.ts';
import { refusePlantedState } from '../refuse-planted.ts';
import { refuseBadReports } from '../report-files.ts';
import { sayIgnored } from '../say-ignored.ts';
import { runSession } from '../session.ts';
import { repoOf } from '../wire.ts';
import type { World } from '../world.ts';

/** `refine-plan review <plan>`: one review, findings only. It needs no repository, no clean plan and no lock. */
export async function review(args: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const place = await planPlace(args, flags, world);
  sayIgnored(place.resolution, world);
  await refusePlantedState(place, world);
  await readDismissals(place.plan.path); // damaged, it is refused before anything is written or paid for
  await refuseBadReports(place, world);
  if (flags.dryRun) return dryRun(place, flags, world, { needsImplementer: false });

  const settings = await reviewSettings(place.resolution, world);
  await refuseHugePrompt(place, settings);
  const { dir, before, facts } = await beginRun(place, {
    kind: 'review',
    settings,
    dirty: 'clean',
    repo: place.repo && repoOf(place.repo, settings, world),
    known: [],
    now: world.now(),
  });
  const tell = flags.json ? tellJson : tellTable;
  return runSession({ place, dir, before, facts, tell, isMute: flags.json }, flags, world);
}

function tellTable(ended: Ended, world: World): number {
  const { run, ending } = ended;
  if (ending.kind === 'finished' && isVerdict(ending.outcome))
    world.stdout.write(reviewTable(run, ended.theme));
  return tellEnding(ended, world);
}

/** One object of the findings schema; one that says the error where there was no review. */
function tellJson({ run, ending, style }: Ended, world: World): number {
  const hint = `See: refine-plan report ${style.target}`;
  if (ending.kind === 'finished' && isVerdict(ending.outcome))
    world.stdout.write(`${jsonText(reviewJson(run))}\n`);
  else {
    const [code, message] =
      ending.kind === 'finished'
        ? [ending.outcome.status, ending.outcome.message]
        : [ending.decision.question, REVIEW_VOID];
    tellError({ code, message, hint }, world, { isStream: false });
  }
  return ending.kind === 'finished' ? ending.outcome.exit_code : 3;
}

function isVerdict({ status }: Outcome): boolean {
  return status.startsWith('completed_');
}

/** What was read, in the very schema the reviewer was asked for: nothing is left out, nothing added. */
function reviewJson(run: Run): z.infer<typeof ReviewAnswer> {
  const parsed = run.rounds.at(-1)?.review;
  const findings = findingRows(run).map((row) => ({
    severity: row.severity,
    title: row.title,
    body: row.body,
    file: row.file,
    line_start: row.line_start ?? 0,
    line_end: row.line_end ?? 0,
    quote: row.quote ?? '',
    section: row.section.at(-1) ?? '',
    kind: row.kind,
    instance: row.instance,
    cause: row.cause,
    fix_kind: row.fix_kind,
    materialization: row.materialization,
    materialization_reason: row.materialization_reason,
    confidence: row.confidence,
    recommendation: row.recommendation,
  }));
  return {
    verdict: parsed?.verdict ?? 'needs-attention',
    summary: parsed?.summary ?? '',
    findings,
    next_steps: parsed?.next_steps ?? [],
  };
}

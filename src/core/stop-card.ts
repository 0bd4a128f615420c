import { reproduction } from './estimate/reproduction.ts';
import { sightings, type Hunt } from './estimate/hunts.ts';
import { expectedLeft, unseenStatement } from './estimate/unseen.ts';
import type { StopCard } from './fact.ts';
import { unplaced, wasAdmitted, type Unplaced } from './ledger/entry.ts';
import { fixesAndInduced } from './policies/divergence.ts';
import type { Round, Run } from './run.ts';
import { isVoid } from './void-review.ts';

/** What a run may say of itself when it stops: counts and estimates from its own record, and what nobody looked at. */
export function stopCard(run: Run): StopCard {
  const entries = [...unplaced(run.ledger).values()];
  const admitted = entries.filter(wasAdmitted);
  const counts = new Map<Unplaced['status'], number>();
  for (const { status } of entries) counts.set(status, (counts.get(status) ?? 0) + 1);
  const are = (status: Unplaced['status']): number => counts.get(status) ?? 0;
  const damage = fixesAndInduced(run);
  const { rate, low, high } = reproduction(damage);
  return {
    sha256_before: run.started.sha256,
    sha256_after: run.expected.sha256,
    raised: entries.length,
    actionable: admitted.length,
    ruled_out: are('ruled-out') + are('dismissed'),
    filtered: are('filtered'),
    void: are('void'),
    settled: run.rounds.reduce((sum, { review }) => sum + (review?.settled ?? 0), 0),
    closed: are('closed'),
    addressed: are('addressed'),
    lapsed: are('lapsed'),
    handed_over: are('handed-over'),
    open: are('open'),
    regressions: entries.filter(cameBack).length,
    author: perRound(
      run,
      admitted.filter(({ finding }) => finding.generation === 0),
    ),
    fixes: perRound(
      run,
      admitted.filter(({ finding }) => finding.generation > 0),
    ),
    reproduction: damage.fixes === 0 ? null : { ...damage, rate, low, high },
    reverted: run.rounds.reduce((sum, { applied }) => sum + (applied?.reverted.length ?? 0), 0),
    grown: run.grown,
    growth: run.started.bytes === 0 ? 0 : run.grown / run.started.bytes,
    unseen: unseenBy(run),
    recall: recallOf(run),
    not_checked: notChecked(run, entries),
  };
}

/** Was it raised again after an edit for it that nobody had found wanting? */
function cameBack({ raised, sent, checks }: Unplaced): boolean {
  return raised.some((round) => {
    const fixed = sent.findLast((number) => number < round);
    if (fixed === undefined) return false;
    const since = checks.findLast((check) => check.round > fixed && check.round <= round);
    return since === undefined || since.closed;
  });
}

/** Findings by the round they were first raised in. */
function perRound({ rounds }: Run, entries: readonly Unplaced[]): number[] {
  const counts = new Map<number | undefined, number>();
  for (const { raised } of entries) counts.set(raised[0], (counts.get(raised[0]) ?? 0) + 1);
  return rounds.map(({ number }) => counts.get(number) ?? 0);
}

function recallOf({ calibration }: Run): StopCard['recall'] {
  if (!calibration?.recall) return null;
  const { seeded, found, recall } = calibration;
  return { seeded, found, ...recall };
}

/** Only looks at the same bytes can be compared: those of the first round that took several. */
function unseenBy(run: Run): string | null {
  const { rounds, ledger } = run;
  const round = rounds.find(({ review }) => (review?.looks.filter(({ verdict }) => verdict).length ?? 0) > 1);
  if (!round?.review) return null;
  const admitted = (id: string): boolean => {
    const entry = unplaced(ledger).get(id);
    return entry !== undefined && wasAdmitted(entry);
  };
  const hunts = round.review.looks
    .filter(({ verdict }) => verdict !== null)
    .map(({ findings }) => ({ sha256: round.baseline.sha256, admitted: findings.filter(admitted) }));
  return leftByRecall(run, hunts) ?? unseenStatement(hunts);
}

/** Where recall was measured, what it says of the rest; only as a warning, for planted defects are easier to see. */
function leftByRecall({ calibration }: Run, hunts: readonly Hunt[]): string | null {
  if (!calibration?.recall) return null;
  const { distinct } = sightings(hunts);
  const left = expectedLeft({ found: distinct, hunts: hunts.length, p: calibration.recall.mean });
  return left < 1
    ? null
    : `About ${Math.floor(left)} more are probably unseen, by the planted defects that were found.`;
}

function notChecked(run: Run, entries: readonly Unplaced[]): string[] {
  const last = run.rounds.findLast(({ applied }) => applied !== null);
  const later = last ? run.rounds.filter(({ number }) => number > last.number) : [];
  const isLookedAt = later.some((round) => isReviewed(round) || round.verification);
  return [
    ...changedInCommit(run.rounds),
    ...(last && !isLookedAt && run.lastLook?.problem !== null
      ? [`The last fix was not looked at.${run.lastLook?.problem ? ` ${run.lastLook.problem}` : ''}`]
      : []),
    ...unverified(run, entries),
    ...(run.rounds.some(({ arbitration }) => arbitration?.result === 'void')
      ? ['The arbiter came to no ruling in a round, so nothing was ruled out there.']
      : []),
    ...missingLooks(run.rounds),
  ];
}

/** Fixes that only the silence of a later review speaks for, or nothing at all. */
function unverified({ rounds }: Run, entries: readonly Unplaced[]): string[] {
  const fixed = entries.filter(({ status }) => status === 'addressed');
  if (fixed.length === 0) return [];
  const first = fixed.reduce((least, { addressedIn }) => Math.min(least, addressedIn ?? Infinity), Infinity);
  const wasReviewed = rounds.some((round) => round.number > first && isReviewed(round));
  return [
    wasReviewed
      ? 'Findings that were fixed count as addressed: a later review did not raise them again, and nobody verified them.'
      : 'Findings that were fixed count as addressed: no later review saw them, and nobody verified them.',
  ];
}

/** A review that would have mended only what is not in the plan speaks for no fix. */
function isReviewed({ review }: Round): boolean {
  return review !== null && !isVoid(review);
}

/** What git was given is what passed the checks; a hook, or somebody at the same moment, may have made something else of it. */
function changedInCommit(rounds: readonly Round[]): string[] {
  return rounds
    .filter(({ applied, commit }) => applied && commit && commit.plan_sha256 !== applied.sha256_after)
    .map(
      ({ number, commit }) =>
        `${commit?.sha.slice(0, 7) ?? ''} holds more than the fixes of round ${number}: a commit hook, or somebody else, changed the plan while it was committed.`,
    );
}

function missingLooks(rounds: readonly Round[]): string[] {
  return rounds.flatMap(({ number, review }) =>
    (review?.looks ?? [])
      .filter(({ verdict }) => verdict === null)
      .map(({ problem }) => `One look of round ${number} came to nothing: ${problem ?? ''}`),
  );
}

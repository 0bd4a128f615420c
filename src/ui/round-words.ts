import { formatDuration } from '../lib/duration.ts';
import { bracketed, count, oneLine, truncate } from '../lib/text.ts';
import type { FactOf, Role, Stamped } from '../core/fact.ts';
import type { Finding } from '../core/finding.ts';
import { openFindings } from '../core/ledger/open.ts';
import { actionableOf, costOf, inFixes } from '../core/narrate.ts';
import { currentRound, type Round, type Run } from '../core/run.ts';
import { severityLabel, worstFirst } from '../core/severity.ts';
import type { Theme } from './theme.ts';

/** Usual time of one look at a plan, where it is known. */
const USUAL: Readonly<Record<string, string>> = { codex: ' (~2-5 min)' };

/** The time of day, as it is where the person is. */
export function clock(ts: string): string {
  return new Date(ts).toTimeString().slice(0, 8);
}

/** How many of the planted defects the reviewer found; real ones are harder to see. */
export function recallText({ seeded, found, measured_at: at }: FactOf<'calibration.scored'>): string {
  const when = at === undefined ? '' : `, measured ${at.slice(0, 10)} with this reviewer and prompt`;
  return `  calibration: ${found} of ${count(seeded, 'planted defect')} found${when}, which is optimistic`;
}

/** The first line of a round: what it begins with, and who is asked. */
export function roundStarts(fact: FactOf<'call.started'> & Stamped, run: Run, theme: Theme): string {
  const { line, colors } = theme;
  return `${line} ${colors.bold(`Round ${fact.round}`)} starting (${clock(fact.ts)}) ${line.repeat(4)} ${whoLooks(fact, run)}`;
}

function whoLooks({ agent, role }: FactOf<'call.started'>, { position, settings, rounds }: Run): string {
  const usual = USUAL[agent] ?? '';
  const mode = rounds.at(-1)?.baseline.mode ?? 'review';
  const looks = position.at === 'reviewing' ? position.looks.length : 1;
  if (role !== 'reviewer' || looks === 1) return `${agent} ${mode}${usual}`;
  const reviewers = [settings.reviewer, ...settings.further_reviewers].map((spec) => spec.split(':', 1)[0]);
  return `${count(looks, mode)} by ${[...new Set(reviewers)].slice(0, looks).join(', ')}${usual}`;
}

/** The second line of a round that looked at the whole plan: what was raised, and what the arbiter made of it. */
export function roundDone(run: Run, theme: Theme): string {
  const round = currentRound(run);
  return roundLine(
    round,
    theme,
    ['reviewer', 'arbiter'],
    [foundText(round, theme), ruledText(round), topText(run, round, theme)],
  );
}

/** The second line of a round that looked at a fix. */
export function roundVerified(run: Run, theme: Theme): string {
  const round = currentRound(run);
  return roundLine(round, theme, ['verifier'], [verifiedText(round), topText(run, round, theme)]);
}

function roundLine(
  round: Round,
  { line, colors, dot }: Theme,
  roles: readonly Role[],
  parts: readonly string[],
): string {
  const head = `${line} ${colors.bold(`Round ${round.number}`)} done (${formatDuration(elapsedOf(round, roles))}) ${line.repeat(4)} `;
  return head + parts.filter((text) => text !== '').join(` ${dot} `);
}

/** How long the calls took, one after the other; of those that ran side by side the longest. */
function elapsedOf({ calls }: Round, roles: readonly Role[]): number {
  const seats = new Map<string, Map<number, number>>();
  for (const { started, finished } of calls) {
    if (!finished || !roles.includes(started.role)) continue;
    const of = seats.get(started.purpose) ?? new Map<number, number>();
    seats.set(started.purpose, of.set(started.seat, (of.get(started.seat) ?? 0) + finished.duration_ms));
  }
  return [...seats.values()].reduce((sum, of) => sum + Math.max(...of.values()), 0);
}

function foundText(round: Round, { down }: Theme): string {
  const review = round.review;
  if (!review) return '';
  const found = actionableOf(round);
  const filtered = review.filtered > 0 ? ` ${down}${review.filtered}` : '';
  const tail = bracketed([
    ...inFixes(found),
    ...(review.void > 0 ? [count(review.void, 'void citation')] : []),
    ...(review.settled > 0 ? [`${review.settled} already settled`] : []),
  ]);
  const looks = review.looks.length > 1 ? `${count(review.looks.length, round.baseline.mode)}, ` : '';
  if (found.length === 0) return `${looks}nothing to act on${filtered}${tail}`;
  return `${looks}${count(found.length, 'finding')}: ${severityLabel(review.counts)}${filtered}${tail}`;
}

const RULED_OUT = [
  ['advisory', 'advisory'],
  ['prose', 'wording'],
  ['unlikely', 'unlikely'],
] as const;

function ruledText({ arbitration }: Round): string {
  if (!arbitration) return '';
  if (arbitration.result !== 'ruled') return 'arbiter: no ruling';
  const fresh = arbitration.rulings.filter(({ same_as: same }) => same === null);
  const of = (gate: string): number => fresh.filter((ruling) => ruling.gate === gate).length;
  const repeated = arbitration.rulings.length - fresh.length;
  const parts = [
    `${of('actionable')} of ${arbitration.rulings.length} to be mended`,
    ...RULED_OUT.flatMap(([gate, word]) => (of(gate) > 0 ? [`${of(gate)} ${word}`] : [])),
    ...(repeated > 0 ? [`${repeated} raised before`] : []),
  ];
  return `arbiter: ${parts.join(', ')}`;
}

function verifiedText({ verification }: Round): string {
  if (!verification) return '';
  const of = (gate: Finding['gate']): number =>
    verification.findings.filter((finding) => finding.gate === gate).length;
  const closed = verification.checks.filter((check) => check.closed).length;
  const parts = [
    `${closed} closed`,
    verification.checks.length > closed && `${verification.checks.length - closed} still open`,
    of('actionable') > 0 && `${of('actionable')} new in the fix`,
    of('parked') > 0 && `${of('parked')} noticed beside it`,
    of('void') > 0 && count(of('void'), 'void citation'),
  ];
  return `verified: ${parts.filter(Boolean).join(', ')}`;
}

/** The worst of what is to be mended now. */
function topText(run: Run, round: Round, { ellipsis }: Theme): string {
  const open = openFindings(run, round).flatMap((id) => run.ledger.get(id)?.finding ?? []);
  const [top] = worstFirst(open);
  if (!top) return '';
  const place = top.anchor.lines ? `${oneLine(top.file)}:${top.anchor.lines.start}` : oneLine(top.file);
  return `top: ${place} ${truncate(oneLine(top.title), 60, ellipsis)}`;
}

/** The third line of a round in which a fix was asked for. */
export function implementerLine(run: Run, theme: Theme): string {
  const round = currentRound(run);
  const { ms, calls } = costOf(round, 'implementer');
  const parts = [
    ...(calls > 0 ? [`impl ${formatDuration(ms)}`, editText(run, round)] : []),
    ...takenBack(round),
    round.baseline.sentinels.length === 0 ? 'no drift guard' : driftText(round),
    round.commit ? `commit ${theme.colors.green(round.commit.sha.slice(0, 7))}` : 'no commit',
  ];
  return `  ${parts.join(` ${theme.dot} `)}`;
}

function editText(run: Run, round: Round): string {
  const edits = round.drift?.edits ?? round.edits?.edits ?? [];
  if (round.how === 'unedited') return whyNone(round);
  const places = [...new Set(edits.map(({ lines }) => `:${lines.start}`))];
  const at =
    places.length > 8 ? `${places.slice(0, 8).join(' ')} and ${places.length - 8} more` : places.join(' ');
  if (run.settings.edit_mode === 'in-place') return `edited at ${at}`;
  const reverted = round.applied?.reverted ?? [];
  const addressed = round.applied?.findings.filter((id) => !reverted.includes(id)).length ?? 0;
  return `${addressed}/${round.accepted?.findings.length ?? addressed} addressed at ${at}`;
}

function whyNone({ seen, edits, accepted }: Round): string {
  if (seen?.applied === false) return 'not written, as you chose';
  const isDeclined = edits?.declined.length === accepted?.findings.length;
  return isDeclined ? 'every finding declined' : 'no edit made';
}

function takenBack({ applied }: Round): string[] {
  const back = applied?.reverted ?? [];
  return back.length > 0 ? [`fix of ${back.join(', ')} taken back`] : [];
}

function driftText(round: Round): string {
  if (!round.drift) return 'drift not checked';
  return round.drift.ok ? 'drift OK' : `drift accepted (${count(round.drift.lost.length, 'string')} lost)`;
}

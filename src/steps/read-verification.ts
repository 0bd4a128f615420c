import type { Fact, FactOf } from '../core/fact.ts';
import { outlineOf } from '../core/ledger/blocks.ts';
import { birthOf } from '../core/ledger/provenance.ts';
import type { Span } from '../core/ledger/line-map.ts';
import { files } from '../core/paths.ts';
import { placeFindings } from '../core/place-findings.ts';
import { currentRound, type Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import { noticed, type Author } from '../core/verify/delta.ts';
import { readVerification, type Verification } from '../core/verify/read.ts';
import { fixedRound, isChanged, underCheck } from '../core/verify/scope.ts';
import { checked } from '../core/verify/two-keys.ts';
import type { Ports } from '../ports.ts';
import { answerIn } from './answer-in.ts';
import { groundOf } from './ground.ts';
import { parkedText } from './parked-text.ts';
import { baselineText, keptText } from './round-text.ts';

type Read = FactOf<'verification.read'>;

/** Reads what a verifier says of the last fix. It takes two keys to close a finding; what is missing leaves it open. */
export async function* readVerificationStep(
  { call, problem }: Extract<Step, { do: 'read-verification' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  const round = currentRound(run).number;
  const text = await keptText(ports.files, files.answer(round, call));
  await ports.files.write(files.verify(round), text);
  const ids = underCheck(run).map(({ finding }) => finding.id);
  const read = readVerification(text, { ids });
  const nothing: Read = {
    type: 'verification.read',
    round,
    call,
    result: 'unreadable',
    problem,
    checks: [],
    findings: [],
  };
  if ('problem' in read && problem === null) {
    yield { ...nothing, problem: read.problem };
    return;
  }
  const fact: Read =
    'problem' in read
      ? { ...nothing, result: 'void', checks: ids.map((id) => unchecked(id, problem ?? '')) }
      : await verified(read, nothing, run, ports);
  await ports.files.write(files.findings(round), decidedOn(fact, run));
  yield fact;
}

/** What is still open, and what is new, as if one review had raised it. */
function decidedOn({ checks, findings }: Read, { ledger }: Run): string {
  const still = checks.flatMap(({ id, closed }) => (closed ? [] : (ledger.get(id)?.finding ?? [])));
  const open = [...still, ...findings.filter(({ gate }) => gate === 'actionable')];
  const verdict = open.length === 0 ? 'approve' : 'needs-attention';
  return answerIn({ verdict, summary: 'Written from a verification.', findings: open });
}

function unchecked(id: string, why: string): Read['checks'][number] {
  return { id, closed: false, verdict: 'omitted', changed: false, why };
}

async function verified(read: Verification, nothing: Read, run: Run, ports: Ports): Promise<Read> {
  const plan = await baselineText(run, ports.files);
  const outline = outlineOf(plan);
  const found = placeFindings(read.findings, await groundOf(run, plan, ports));
  const entries = new Map(underCheck(run).map((entry) => [entry.finding.id, entry]));
  const { findings, again } = noticed(found, {
    ledger: run.ledger,
    isUnderCheck: (id) => entries.has(id),
    bornInFix: (lines) => authorOf(lines, run),
  });
  const checks = read.checks.map((check) => {
    const entry = entries.get(check.id);
    const changed = entry !== undefined && isChanged(entry, run, outline);
    return checked(check, { changed, raisedAgain: again.includes(check.id) });
  });
  const parked = findings.filter(({ gate }) => gate === 'parked');
  if (parked.length > 0) await ports.files.write(files.parked(nothing.round), parkedText(parked));
  return { ...nothing, result: 'read', problem: null, checks, findings: [...findings] };
}

/** The finding whose last fix wrote most of these lines. */
function authorOf(lines: Span, run: Run): Author | null {
  const birth = birthOf(lines, run.lineage.births);
  const parent = birth && run.ledger.get(birth.finding)?.finding;
  if (!birth || !parent || birth.round !== fixedRound(run)?.number) return null;
  return { finding: parent.id, generation: parent.generation };
}

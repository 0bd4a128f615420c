import type { Dismissal } from '../core/dismissal.ts';
import type { FactOf, Stamped } from '../core/fact.ts';
import type { Gate } from '../core/finding.ts';
import { answererOf, callers } from './who.ts';

/** One thing that befell a finding: in which round, who did it, and what it was. */
export type Event = { readonly round: number; readonly who: string; readonly what: string };

const PROGRAM = 'refine-plan';

/** What befell a finding, in order, each with who did it. */
export function historyOf(id: string, facts: readonly Stamped[], dismissal: Dismissal | undefined): Event[] {
  const who = callers(facts);
  return facts.flatMap((fact): Event[] => {
    switch (fact.type) {
      case 'review.parsed':
        return raised(id, fact, who, dismissal);
      case 'arbitration.read':
        return ruled(id, fact, who(fact.round, fact.call));
      case 'verification.read':
        return checked(id, fact, who(fact.round, fact.call) ?? 'the verifier');
      case 'findings.confirmed':
        return confirmed(id, fact);
      case 'findings.accepted':
        return accepted(id, fact);
      case 'decision':
        return fact.about.includes(id)
          ? [{ round: fact.round, who: answererOf(fact), what: `decided: ${fact.answer}. ${fact.reason}` }]
          : [];
      default:
        return edited(id, fact, who);
    }
  });
}

type Who = ReturnType<typeof callers>;

function raised(
  id: string,
  { round, call, findings, looks }: FactOf<'review.parsed'>,
  who: Who,
  dismissal: Dismissal | undefined,
): Event[] {
  const finding = findings.find((found) => found.id === id);
  if (!finding) return [];
  const seen = looks.filter((look) => look.findings.includes(id)).map((look) => look.call);
  const by = who(round, seen.length > 0 ? seen.join('+') : call) ?? 'the reviewer';
  const several = looks.length > 1 ? ` in ${seen.length} of ${looks.length} looks` : '';
  const severity = `as ${finding.severity}, confidence ${finding.confidence}`;
  return [
    { round, who: by, what: `raised it ${severity}${several}` },
    ...gated(round, finding.gate, dismissal),
  ];
}

/** What the gates made of it at once; those of the arbiter are told with its ruling. */
function gated(round: number, gate: Gate, dismissal: Dismissal | undefined): Event[] {
  switch (gate) {
    case 'filtered':
      return [
        { round, who: PROGRAM, what: 'recorded it and did not act on it: it is below the confidence floor' },
      ];
    case 'void':
      return [{ round, who: PROGRAM, what: 'did not act on it: the text it quotes is not in the plan' }];
    case 'settled':
      return [{ round, who: PROGRAM, what: 'did not send it on: it was settled before' }];
    case 'dismissed':
      return [
        { round, who: 'you', what: `had dismissed it for good${dismissal ? `: ${dismissal.because}` : ''}` },
      ];
    default:
      return [];
  }
}

function ruled(
  id: string,
  { round, rulings, stacked, result }: FactOf<'arbitration.read'>,
  by: string | null,
): Event[] {
  const who = by ?? 'the arbiter';
  const ruling = result === 'ruled' ? rulings.find((one) => one.id === id) : undefined;
  const what = (): string => {
    if (ruling?.same_as != null) return `found that it repeats ${ruling.same_as}`;
    return ruling?.gate === 'actionable' ? 'found it real' : `ruled it out as ${ruling?.gate ?? ''}`;
  };
  return [
    ...(ruling ? [{ round, who, what: `${what()}${ruling.reason ? `: ${ruling.reason}` : ''}` }] : []),
    ...(stacked.includes(id)
      ? [{ round, who: PROGRAM, what: 'took it for a matter of design: guards were piling up on one cause' }]
      : []),
  ];
}

function checked(id: string, { round, checks, findings }: FactOf<'verification.read'>, who: string): Event[] {
  const check = checks.find((one) => one.id === id);
  const noticed = findings.find((finding) => finding.id === id);
  const verdict = check && VERDICTS[check.verdict];
  const kept =
    check?.verdict === 'fixed' && !check.closed ? ' (not closed: no byte of its block changed)' : '';
  return [
    ...(check ? [{ round, who, what: `${verdict}${kept}${check.why ? `: ${check.why}` : ''}` }] : []),
    ...(noticed
      ? [
          {
            round,
            who,
            what:
              noticed.gate === 'parked' ? 'noticed it beside the fix it was shown' : 'noticed it in the fix',
          },
        ]
      : []),
  ];
}

const VERDICTS: Record<FactOf<'verification.read'>['checks'][number]['verdict'], string> = {
  fixed: 'found its failure impossible now',
  not_fixed: 'found it not fixed',
  cannot_tell: 'could not tell whether it is fixed, so it stays open',
  omitted: 'said nothing of it, so it stays open',
};

function confirmed(id: string, { round, by, dropped, notes }: FactOf<'findings.confirmed'>): Event[] {
  const who = by === 'user' ? 'you' : 'the default policy';
  const drop = dropped.find((one) => one.id === id);
  const note = notes.find((one) => one.id === id);
  return [
    ...(drop ? [{ round, who, what: `dropped it: ${drop.reason}` }] : []),
    ...(note ? [{ round, who, what: `told the implementer: ${note.note}` }] : []),
  ];
}

function accepted(id: string, fact: FactOf<'findings.accepted'>): Event[] {
  const { round } = fact;
  const how = [
    fact.expanded.includes(id) && 'any block of the plan may be edited for it',
    fact.design.includes(id) && 'by changing the decision it comes from',
    fact.guard.includes(id) && 'without changing the decision it comes from',
  ].filter(Boolean);
  return [
    ...(fact.findings.includes(id)
      ? [
          {
            round,
            who: PROGRAM,
            what: `sent it to the implementer${how.length > 0 ? `, ${how.join(', ')}` : ''}`,
          },
        ]
      : []),
    ...handed(id, fact),
    ...fact.reverts.flatMap(({ finding, because }) => {
      if (finding === id)
        return [
          {
            round,
            who: PROGRAM,
            what: `ordered its fix to be taken back: it had caused ${because.join(', ')}`,
          },
        ];
      return because.includes(id)
        ? [
            {
              round,
              who: PROGRAM,
              what: `let it go with the fix of ${finding}, which caused it and is taken back`,
            },
          ]
        : [];
    }),
  ];
}

function handed(
  id: string,
  { round, handed_over: left }: Pick<FactOf<'findings.accepted'>, 'round' | 'handed_over'>,
): Event[] {
  return left
    .filter((item) => item.id === id)
    .map(({ because, why }) => ({ round, who: PROGRAM, what: `left it to you (${because}): ${why}` }));
}

function edited(id: string, fact: Stamped, who: Who): Event[] {
  switch (fact.type) {
    case 'edits.read': {
      const by = who(fact.round, fact.call) ?? 'the implementer';
      const declined = fact.declined.filter(({ finding }) => finding === id);
      const outside = fact.outside.filter(({ findings }) => findings.includes(id));
      return [
        ...declined.map(({ reason }) => ({
          round: fact.round,
          who: by,
          what: `declined to fix it: ${reason}`,
        })),
        ...(fact.skipped.includes(id)
          ? [{ round: fact.round, who: by, what: 'passed it over without a reason' }]
          : []),
        ...outside.map(({ why }) => ({
          round: fact.round,
          who: PROGRAM,
          what: `did not apply an edit for it: ${why}`,
        })),
        ...handed(id, fact),
      ];
    }
    case 'drift.checked':
      return handed(id, fact);
    case 'edits.confirmed':
      return []; // the edits that it is about are told where they are refused
    case 'edits.applied':
      return written(id, fact);
    default:
      return [];
  }
}

function written(id: string, { round, findings, reverted, edits }: FactOf<'edits.applied'>): Event[] {
  if (reverted.includes(id)) return [{ round, who: PROGRAM, what: 'took its fix back out of the plan' }];
  if (!findings.includes(id)) return [];
  const lines = edits.filter((edit) => edit.findings.includes(id)).map((edit) => edit.lines.start);
  const at = lines.length === 0 ? '' : ` at line ${lines.join(', ')}`;
  return [{ round, who: PROGRAM, what: `wrote the implementer's edit for it${at}` }];
}

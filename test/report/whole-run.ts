import { createHash } from 'node:crypto';
import type { Fact, FactOf, Stamped } from '../../src/core/fact.ts';
import type { Finding } from '../../src/core/finding.ts';
import type { ReportSource } from '../../src/report/source.ts';
import { replayed, started } from '../ui/told-run.ts';
import { commit, decision, dismissal, EMPTY_CARD, foundBy, PATH, type Taint } from './whole-facts.ts';
import type { Known } from './whole-findings.ts';
import { fifthRound, firstRound, fourthRound, secondRound, thirdRound } from './whole-rounds.ts';
import { digest, versionsOf, type Versions } from './whole-versions.ts';

/* A run with every kind of outcome in it: five rounds of a plan for webhooks, told fact by fact. */

/** The source of a report about that run. */
export function wholeRun(taint: Taint = (text) => text): ReportSource {
  const versions = versionsOf();
  const heard = replayed(factsOf(versions, taint));
  const last = heard.at(-1);
  if (!last) throw new Error('There is no fact.');
  return {
    run: last.run,
    facts: heard.map(({ fact }) => fact),
    texts: new Map(Object.values(versions).map((text) => [digest(text), text])),
    rejected: new Map([[1, taint(REJECTED)]]),
    dismissals: [dismissal(taint)],
    where: {
      plan: PATH,
      stateDir: 'docs/plans/.refine-plan-against-codex/webhooks-20260504T140311Z',
      target: PATH,
    },
    digest: (text, encoding) => createHash('sha256').update(text).digest(encoding),
  };
}

/** The same run up to a fact: what a report of an interrupted one is made of. */
export function wholeRunUntil(type: Stamped['type'], round: number): ReportSource {
  const source = wholeRun();
  const at = source.facts.findIndex((fact) => fact.type === type && 'round' in fact && fact.round === round);
  const facts = source.facts.slice(0, at + 1);
  const [first, ...others] = facts;
  if (first?.type !== 'run.started') throw new Error('The first fact is not the start.');
  const run = replayed([first, ...others]).at(-1)?.run;
  if (!run) throw new Error('There is no run.');
  return { ...source, run, facts };
}

function factsOf(versions: Versions, taint: Taint): [FactOf<'run.started'>, ...Fact[]] {
  const found = (id: Known, change: Partial<Finding> = {}): Finding => foundBy(id, taint, change);
  return [
    started({
      plan: { path: `/repo/${PATH}`, relative: PATH, slug: 'webhooks' },
      sha256: digest(versions.start),
      bytes: Buffer.byteLength(versions.start),
      dirty: 'modified',
      settings: { arbiter: 'claude', arbiter_from_round: 2, max_rounds: 5, max_calls: 20 },
    }),
    decision(0, 'dirty', 'baseline', 'policy', `${PATH} has changes that are not committed.`, [PATH]),
    { ...commit(0, versions.start, 'ba5e11e0'), kind: 'draft' },
    ...firstRound(versions, taint, found),
    ...secondRound(versions, taint, found),
    ...thirdRound(versions, taint, found),
    ...fourthRound(versions, taint, found),
    ...fifthRound(versions, found),
    {
      type: 'run.finished',
      status: 'completed_cap',
      reason: 'divergence',
      exit_code: 1,
      message: 'The loop feeds on its own fixes: what is open was verified, and nothing more was looked for.',
      rounds: 5,
      calls: 15,
      tokens: { input: 0, cached: 0, output: 0 },
      commits: [],
      unresolved: ['F2', 'F3', 'F7', 'F9', 'F16', 'F17', 'F18', 'F19', 'F22'],
      parked: ['F23'],
      card: EMPTY_CARD,
    },
  ];
}

const REJECTED = `# Edits that were not applied

## fix-1: The old_text of edit 2 occurs twice in the plan.

For F2, replace

\`\`\`
the request
\`\`\`

by

\`\`\`
the request without its signature
\`\`\`
`;

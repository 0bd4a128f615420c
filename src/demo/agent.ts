import { existsSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { packageFile } from '../package-file.ts';

/*
 * The scripted agents of `refine-plan demo`. They are no model: the reviewer knows the bundled plan's defects and looks
 * which are still there, and the implementer knows the edit for each. They answer from the plan they are shown.
 */

type Defect = {
  readonly severity: string;
  readonly title: string;
  readonly body: string;
  readonly quote: string;
  readonly recommendation: string;
  readonly confidence: number;
  /** Found only once this text stands in the plan: an earlier fix brings it in, or brings it to light. */
  readonly after?: string;
  readonly fix?: { readonly old_text: string; readonly new_text: string };
};

const defects: readonly Defect[] = JSON.parse(
  readFileSync(packageFile('references/demo/defects.json'), 'utf8'),
);
/** In milliseconds: nobody may wait for ever for an interruption that does not come. */
const LONGEST_WAIT = 20_000;

const prompt = await text(process.stdin);
await delay(Number(process.env['DEMO_PAUSE'] ?? 0));
await untilCurtain();
const answer =
  process.env['REFINE_PLAN_ROLE'] === 'implementer'
    ? edits(prompt)
    : review(readFileSync(process.env['REFINE_PLAN_PLAN'] ?? '', 'utf8'));
process.stdout.write(JSON.stringify(answer));

/** The review of the second round is interrupted before it answers; the curtain goes up when the run is resumed. */
async function untilCurtain(): Promise<void> {
  const { DEMO_CURTAIN: curtain, REFINE_PLAN_ROUND: round, REFINE_PLAN_ROLE: role } = process.env;
  if (curtain === undefined || round !== '2' || role !== 'reviewer') return;
  const last = Date.now() + LONGEST_WAIT;
  while (!existsSync(curtain) && Date.now() < last) await delay(50);
}

function review(plan: string): unknown {
  const findings = defects
    .filter(({ quote, after }) => plan.includes(quote) && (after === undefined || plan.includes(after)))
    .map(({ severity, title, body, quote, recommendation, confidence }) => {
      const line = plan.slice(0, plan.indexOf(quote)).split('\n').length;
      return {
        severity,
        title,
        body,
        file: 'docs/plans/rate-limiter.md',
        line_start: line,
        line_end: line,
        quote,
        confidence,
        recommendation,
      };
    });
  const isClean = findings.every(({ confidence }) => confidence < 0.3);
  return {
    verdict: isClean ? 'approve' : 'needs-attention',
    summary: 'Scripted review of the bundled plan.',
    findings,
    next_steps: [],
  };
}

/** The prompt shows each finding as `F1 (severity) at place: title`. */
function edits(shown: string): unknown {
  const sent = [...shown.matchAll(/^(F\d+) \(\w+\) at [^:]+:[\d-]+: (.+)$/gm)];
  const found = sent.flatMap(([, id, title]) =>
    defects.filter((defect) => defect.title === title).map(({ fix }) => ({ findings: [id], ...fix })),
  );
  return {
    summary: 'Scripted edits for the bundled plan.',
    edits: found.filter((edit) => 'old_text' in edit),
    declined: [],
  };
}

import { performance } from 'node:perf_hooks';
import { load } from './core.mjs';

const FINDINGS = 100;
const BYTES = 200_000;

/**
 * What it costs to know every finding again: a plan of 200 kB, 100 findings in the ledger, and in each of 20 rounds ten
 * findings placed, a fix of ten blocks mapped, and every line traced. The plan has been read once before, as in any run;
 * `against` says what that costs. Twice the rounds must take about twice the time.
 */
export async function ledger() {
  const core = await load({
    place: 'src/core/place-findings.ts',
    hunks: 'src/core/ledger/hunks.ts',
    map: 'src/core/ledger/line-map.ts',
    provenance: 'src/core/ledger/provenance.ts',
    blocks: 'src/core/ledger/blocks.ts',
  });
  let reading = 0;
  const time = (rounds) => {
    nonce += 1;
    const course = courseOf(planOf(nonce), rounds); // new to the program
    const first = performance.now();
    core.blocks.outlineOf(course.plan);
    const began = performance.now();
    play(core, course);
    reading = began - first;
    return performance.now() - began;
  };
  time(2); // once for the compiler
  const [ten, twenty] = [10, 20].map((rounds) =>
    Array.from({ length: 7 }, () => time(rounds)).toSorted((a, b) => a - b),
  );
  const ms = twenty[3];
  const growth = ms / ten[3];
  return {
    what: '100 findings over 20 rounds',
    measured: `${ms.toFixed(0)} ms`,
    against: `${reading.toFixed(0)} ms to read`,
    is: `${growth.toFixed(2)}x`,
    best: `${twenty[0].toFixed(0)} ms`,
    target: '< 300 ms, < 2.5x',
    ok: ms < 300 && growth < 2.5,
  };
}

let nonce = 0;

/** What is found and what is written, in each round: what the agents would say. */
function courseOf(start, rounds) {
  let plan = start;
  return {
    plan: start,
    first: findingsIn(start, 0, FINDINGS, 'first'),
    rounds: Array.from({ length: rounds }, (_, at) => {
      const round = at + 1;
      const raised = findingsIn(plan, round * 7, 10, `in round ${round}`);
      plan = fixed(plan, round);
      return { round, raised, next: plan };
    }),
  };
}

function play({ place, hunks, map, provenance }, course) {
  let { plan } = course;
  let births = [];
  let known = new Map();
  for (const finding of place.placeFindings(course.first, ground(plan, births, known)))
    known.set(finding.id, entry(finding));
  for (const { round, raised, next } of course.rounds) {
    const found = place.placeFindings(raised, ground(plan, births, known));
    for (const finding of found) known.set(finding.id, entry(finding));
    const change = hunks.lineMapOf(plan, next);
    const written = change.hunks.map(([, , start, lines]) => ({
      findings: ['F1'],
      lines: { start, end: start + lines - 1 },
    }));
    births = provenance.ageLines(births, change, written, round);
    known = new Map(
      [...known].map(([id, { finding, ...rest }]) => {
        const lines = finding.anchor.lines && map.mapSpan(finding.anchor.lines, change.hunks, change.moves);
        return [id, { ...rest, finding: { ...finding, anchor: { ...finding.anchor, lines } } }];
      }),
    );
    plan = next;
  }
}

function ground(plan, births, ledger) {
  return { plan, births, ledger, floor: 0.3, round: 1, dismissed: [] };
}

function entry(finding) {
  return { finding, status: 'addressed' };
}

function planOf(seed) {
  const parts = [];
  let bytes = 0;
  for (let at = 0; bytes < BYTES; at += 1) {
    const part = [
      `## Step ${at} of run ${seed}`,
      '',
      `The importer of table ${at} reads the customers file ${at * 7919} one line at a time, and inserts what it`,
      `read into part ${at * 31} of the table. Where that fails it is **retried**, until \`limit_${at}\` is reached.`,
      '',
      `- [ ] write the test for case ${at}`,
      `- [ ] make it pass, with at most ${at % 9} calls`,
      '',
      '| case | answer |',
      '| --- | --- |',
      `| file ${at} is late | wait for ${at % 60} minutes |`,
      '',
      '```sh',
      `import --from customers-${at}.csv --retry ${at % 5}`,
      '```',
      '',
      '',
    ].join('\n');
    parts.push(part);
    bytes += part.length;
  }
  return parts.join('\n');
}

function findingsIn(plan, offset, count, words) {
  const lines = plan.split('\n').filter((line) => line.length > 40);
  return Array.from({ length: count }, (_, at) => ({
    severity: 'high',
    title: `The bound of case ${at} is missing, ${words}`,
    body: `When the server of step ${at} is gone, the import waits for it and never ends. Nobody is told, ${words}.`,
    file: 'plan.md',
    lines: null,
    quote: lines[(offset + at * 13) % lines.length],
    heading: '',
    confidence: 1,
    recommendation: '',
    instance: `At 02:00 the server of table ${at} restarts, and the job is still waiting at noon.`,
    kind: 'missing-case',
    materialization: 1,
    materialization_reason: '',
    cause: '',
    fix_kind: 'guard',
    coerced: [],
  }));
}

function fixed(plan, round) {
  let nth = 0;
  return plan.replace(/until `limit_\d+` is reached/g, (said) => {
    nth += 1;
    return nth % 41 === round ? `${said},\nthree times at most, as round ${round} has it` : said;
  });
}

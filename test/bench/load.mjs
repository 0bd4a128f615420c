import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { compare, peakOf, timeOf } from './measure.mjs';
import { PLAN, ROUNDS } from './place.mjs';

const FINDINGS = 5000;
/** Of the 1,048,576 characters of prompt that codex takes, those that are left for a plan. */
const LARGEST_PLAN = 1_000_000;
/** 200 MB of them. */
const EVENTS = 96_000;
const RUNS = 20;

/** What large answers, large plans and many runs at once cost, each against half of it: twice as much may take twice as long. */
export async function loads(given) {
  return [await answers(given), await plans(given), await events(given), await together(given)];
}

/** One answer with 5,000 findings. */
async function answers({ place, program }) {
  const plan = planOf(200_000);
  const review = (count) => reviewer(place, `findings-${count}`, answerWith(count, plan));
  const time = (env) => () => {
    place.reset();
    writeFileSync(place.path, plan);
    return timeOf(program('review', PLAN), { env, cwd: place.repo, code: 1 });
  };
  const [half, whole] = [review(FINDINGS / 2), review(FINDINGS)];
  const times = compare(3, { half: time(half), whole: time(whole) });
  const peak = await peakOf(program('review', PLAN), { env: whole, cwd: place.repo, code: 1 });
  return row(`${FINDINGS} findings in one answer`, { ...times, peak, most: 300 });
}

/** The largest plan that an agent takes, and quotes of it that are not quite right. */
async function plans({ place, program }) {
  const time = (bytes) => {
    const plan = planOf(bytes);
    const env = reviewer(
      place,
      `plan-${bytes}`,
      answerWith(20, plan, (quote) => quote.replace('table', 'tabel')),
    );
    const run = () => {
      place.reset();
      writeFileSync(place.path, plan);
      return timeOf(program('review', PLAN), { env, cwd: place.repo, code: 1 });
    };
    return { env, run };
  };
  const [half, whole] = [time(LARGEST_PLAN / 2), time(LARGEST_PLAN)];
  const times = compare(3, { half: half.run, whole: whole.run });
  const peak = await peakOf(program('review', PLAN), { env: whole.env, cwd: place.repo, code: 1 });
  return row(`a plan of ${LARGEST_PLAN} characters`, { ...times, peak, most: 400 });
}

/** 200 MB of codex's own events, each of which is read. */
async function events({ place, program }) {
  const options = (count) => ({ env: talker(place, count), cwd: place.repo, code: 0 });
  const time = (given) => () => {
    place.reset();
    return timeOf(program('review', PLAN), given);
  };
  const [half, whole] = [options(EVENTS / 2), options(EVENTS)];
  const times = compare(3, { half: time(half), whole: time(whole) });
  place.reset();
  const peak = await peakOf(program('review', PLAN), whole);
  return row('200 MB of events', { ...times, peak, most: 150 });
}

/** The environment of a codex that approves after so many events of 2 kB. */
function talker(place, count) {
  const bin = join(place.dir, `bin-${count}`);
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'codex'), codex(count), { mode: 0o755 });
  const { REFINE_PLAN_REVIEWER: _, ...rest } = place.env;
  return { ...rest, PATH: `${bin}:${rest.PATH}`, REFINE_PLAN_REVIEWER: 'codex', CODEX_API_KEY: 'none' };
}

const codex = (count) => `#!/bin/sh
case "$*" in *--version*) echo 'codex-cli 0.169.0'; exit 0 ;; esac
[ "$1" = exec ] || exit 0
cat >/dev/null
echo '{"type":"thread.started","thread_id":"t"}'
echo '{"type":"turn.started"}'
text=$(head -c 2000 /dev/zero | tr '\\0' x)
yes "{\\"type\\":\\"item.completed\\",\\"item\\":{\\"id\\":\\"i\\",\\"type\\":\\"reasoning\\",\\"text\\":\\"$text\\"}}" | head -n ${count}
said='{\\"verdict\\":\\"approve\\",\\"summary\\":\\"\\",\\"findings\\":[],\\"next_steps\\":[]}'
printf '%s\\n' "{\\"type\\":\\"item.completed\\",\\"item\\":{\\"id\\":\\"a\\",\\"type\\":\\"agent_message\\",\\"text\\":\\"$said\\"}}"
echo '{"type":"turn.completed","usage":{"input_tokens":1,"cached_input_tokens":0,"output_tokens":1}}'
`;

/** Twenty whole runs of twenty plans in one repository at once, each with its fixes and commits, against the same one by one. */
async function together({ place, program }) {
  place.reset();
  const { env, repo: cwd } = place;
  const options = { env, cwd, code: 0 };
  const names = copies(place);
  const inTurn = names.map((name) => timeOf(program(name), options)).reduce(plus);
  place.reset();
  copies(place);
  const began = performance.now();
  const peaks = await Promise.all(names.map((name) => peakOf(program(name), options)));
  const atOnce = performance.now() - began;
  const [largest, sum] = [Math.max(...peaks), peaks.reduce(plus)];
  return {
    ...EMPTY,
    what: `${RUNS} runs of ${ROUNDS} rounds at once`,
    measured: inMs(atOnce),
    against: inMs(inTurn),
    is: `${(atOnce / inTurn).toFixed(2)}x, each ${inMb(largest)}, all ${inMb(sum)}`,
    target: '< 1.5x, each < 100 MB',
    ok: atOnce / inTurn < 1.5 && largest < 100,
  };
}

/** As many plans like the one that is there, committed; returns their names. */
function copies({ path, repo: cwd, env }) {
  const names = Array.from({ length: RUNS }, (_, nth) => `${dirname(PLAN)}/plan-${nth}.md`);
  for (const name of names) copyFileSync(path, join(cwd, name));
  execFileSync('git', ['add', '.'], { cwd, env });
  execFileSync('git', ['commit', '--quiet', '--message=Add more plans'], { cwd, env });
  return names;
}

const plus = (sum, more) => sum + more;

const EMPTY = { against: '', is: '', best: '' };

function row(what, { median, best, peak, most }) {
  const growth = best.whole / best.half;
  return {
    what,
    measured: inMs(median.whole),
    against: inMs(median.half),
    is: `${growth.toFixed(2)}x, ${inMb(peak)}`,
    best: inMs(best.whole),
    target: `< 2.5x, < ${most} MB`,
    ok: growth < 2.5 && peak < most,
  };
}

/** The environment of a reviewer that gives one answer. */
function reviewer(place, name, answer) {
  const file = join(place.dir, `${name}.json`);
  writeFileSync(file, JSON.stringify(answer));
  return { ...place.env, REFINE_PLAN_REVIEWER: `cmd:cat >/dev/null; cat ${file}` };
}

function planOf(bytes) {
  const parts = ['# Load\n'];
  for (let at = 0, size = 0; size < bytes; at += 1) {
    const heading = at % 10 === 0 ? `## Step ${at}\n\n` : '';
    const part = `${heading}The importer of table ${at} reads file ${at * 7919} one line at a time, until \`limit_${at}\` is reached.\n`;
    parts.push(part);
    size += part.length + 1;
  }
  return parts.join('\n').slice(0, bytes);
}

function answerWith(count, plan, bent = (quote) => quote) {
  const lines = plan.split('\n').filter((line) => line.startsWith('The importer'));
  const findings = Array.from({ length: count }, (_, at) => ({
    severity: 'high',
    title: `The bound of case ${at} is missing`,
    body: `When server ${at} is gone the import waits for it and never ends.`,
    file: PLAN,
    line_start: 1,
    line_end: 1,
    quote: bent(lines[(at * 13) % lines.length]),
    confidence: 0.9,
    recommendation: 'Bound it.',
  }));
  return { verdict: 'needs-attention', summary: '', findings, next_steps: [] };
}

function inMs(ms) {
  return `${ms.toFixed(0)} ms`;
}

function inMb(megabytes) {
  return `${megabytes.toFixed(0)} MB`;
}

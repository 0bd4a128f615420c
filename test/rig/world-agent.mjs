#!/usr/bin/env node
// A scripted agent for tests. It answers from the state of the plan, never from a queue, so a run may be cut anywhere and
// go on. The defects it knows are in the JSON file named by WORLD_DEFECTS: a list of
// {severity, title, body, quote, recommendation, confidence, after?, fix: {old_text, new_text}, fix_kind?, cause?, lens?,
// ruling?}. One with a lens is seen through this lens, or without any; a ruling is what the arbiter says of it.
// As a `cmd:` agent it is told its role by REFINE_PLAN_ROLE. Installed as `codex` on PATH it speaks codex's JSON Lines.
// Every call is appended to WORLD_LOG. WORLD_ANSWER_<ROLE> replaces an answer by this text; WORLD_EXIT_<ROLE> an exit code;
// WORLD_HOLD_<ROLE> is a file it waits for; WORLD_DEAF makes it ignore signals. WORLD_FAIL_<ROLE> makes the call fail with this message.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';

const asCodex = basename(process.argv[1]) === 'codex';
const args = process.argv.slice(2);
if (asCodex && args[0] === '--version') {
  console.log(process.env.WORLD_CODEX_VERSION ?? 'codex-cli 0.169.0');
  process.exit(0);
}
if (asCodex && args[0] !== 'exec') process.exit(0); // login status, sandbox

if (process.env.WORLD_DEAF)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
const prompt = await text(process.stdin);
const role = asCodex
  ? ({ Resolve: 'implementer', Check: 'verifier', Verify: 'verifier', Judge: 'arbiter' }[
      prompt.split(' ', 1)[0]
    ] ?? 'reviewer')
  : process.env.REFINE_PLAN_ROLE;
if (process.env.WORLD_LOG)
  appendFileSync(
    process.env.WORLD_LOG,
    `${JSON.stringify({ role, pid: process.pid, cwd: process.cwd(), at: Date.now() })}\n`,
  );
const plan = planShown(); // before it is held: it answers from what it was shown
const hold = process.env[`WORLD_HOLD_${role.toUpperCase()}`]; // a file: wait until it exists, or until the test is over
while (hold && !existsSync(hold) && existsSync(process.env.WORLD_DEFECTS ?? ''))
  await new Promise((resume) => setTimeout(resume, 20));

const failure = process.env[`WORLD_FAIL_${role.toUpperCase()}`];
if (failure !== undefined) {
  if (asCodex) for (const event of failedTurn(failure)) console.log(JSON.stringify(event));
  else console.error(failure);
  process.exit(1);
}

const defects = JSON.parse(readFileSync(process.env.WORLD_DEFECTS, 'utf8'));
const canned = process.env[`WORLD_ANSWER_${role.toUpperCase()}`];
const inPlace = role === 'implementer' && /^Edit the file/m.test(prompt);
say(canned ?? JSON.stringify(answer()));
process.exitCode = Number(process.env[`WORLD_EXIT_${role.toUpperCase()}`] ?? 0);

function answer() {
  if (role === 'implementer') return inPlace ? editInPlace() : edits();
  if (role === 'arbiter') return arbitration();
  return role === 'verifier' && prompt.startsWith('Verify') ? verification() : review(live());
}

// As the real one ends a turn that failed: the message twice, and exit code 1.
function failedTurn(message) {
  return [
    { type: 'thread.started', thread_id: 't' },
    { type: 'turn.started' },
    { type: 'error', message },
    { type: 'turn.failed', error: { message } },
  ];
}

function planShown() {
  const path = /the file `([^`]+)`/.exec(prompt)?.[1] ?? '';
  const repository =
    /repository at `([^`]+)`/.exec(prompt)?.[1] ?? /\s*`([^`]+)`; you may read it/.exec(prompt)?.[1] ?? '.';
  if (path === '') return { path, file: '', text: '' }; // only asked whether it can be reached
  const file = process.env.REFINE_PLAN_PLAN ?? `${repository}/${path}`;
  return { path, file, text: readFileSync(file, 'utf8') };
}

function live() {
  return defects.filter(
    ({ quote, after, lens }) =>
      plan.text.includes(quote) &&
      (after === undefined || plan.text.includes(after)) &&
      (lens === undefined || [0, lens].includes(lensShown())),
  );
}

/** 1, 2 or 3: the lens that this hunt looks through; 0 without any. */
function lensShown() {
  return (
    ['at contradictions', 'at cases', 'at what somebody'].findIndex((words) =>
      prompt.includes(`\nLook hardest ${words}`),
    ) + 1
  );
}

function findingOf({ severity, title, body, quote, recommendation, confidence, fix_kind, cause }) {
  const line = plan.text.slice(0, plan.text.indexOf(quote)).split('\n').length;
  return {
    severity,
    title,
    body,
    file: plan.path,
    line_start: line,
    line_end: line,
    quote,
    kind: 'missing-case',
    fix_kind,
    cause,
    confidence,
    recommendation,
  };
}

function arbitration() {
  const shown = [...prompt.matchAll(/^Finding (\d+) at .*?:[\d-]+: (.+)$/gm)];
  const rulings = shown.map(([, index, title]) => {
    const defect = defects.find((d) => d.title === title);
    return {
      index: Number(index),
      real: true,
      quote_supports_claim: true,
      consequence: 'wrong-build',
      likelihood: 'plausible',
      fix_kind: defect?.fix_kind ?? 'guard',
      cause: defect?.cause ?? '',
      same_as: '',
      reason: 'As scripted.',
      likelihood_reason: '',
      ...defect?.ruling,
    };
  });
  return { summary: 'scripted', rulings };
}

/** A fix holds once the text that a defect is about is gone; what it brought in comes after some text. */
function verification() {
  const asked = [...prompt.matchAll(/^(F\d+): (.+)$/gm)];
  const checks = asked.map(([, id, title]) => {
    const isThere = live().some((defect) => defect.title === title);
    return {
      id,
      verdict: isThere ? 'not_fixed' : 'fixed',
      makes_instance_impossible: !isThere,
      why: 'As scripted.',
    };
  });
  const fresh = live().filter(({ title, after }) => after && !asked.some(([, , known]) => known === title));
  return { summary: 'scripted', checks, findings: fresh.map(findingOf) };
}

function review(seen) {
  const findings = seen.map(findingOf);
  const verdict = findings.every(({ confidence }) => confidence < 0.3) ? 'approve' : 'needs-attention';
  return { verdict, summary: 'scripted', findings, next_steps: [] };
}

function sent() {
  return [...prompt.matchAll(/^(F\d+) \(\w+\) at [\s\S]*?:[\d-]+: (.+)$/gm)].flatMap(([, id, title]) =>
    defects.filter((d) => d.title === title && d.fix).map((d) => ({ id, ...d })),
  );
}

function edits() {
  return {
    summary: 'scripted',
    edits: sent().map(({ id, fix }) => ({ findings: [id], ...fix })),
    declined: [],
  };
}

function editInPlace() {
  const target = asCodex ? `${process.cwd()}/${plan.path}` : plan.file;
  let after = readFileSync(target, 'utf8');
  for (const { fix } of sent()) after = after.replace(fix.old_text, () => fix.new_text);
  writeFileSync(target, after);
  return 'Edited the plan.';
}

function say(answer) {
  if (!asCodex) return process.stdout.write(answer);
  const event = (value) => console.log(JSON.stringify(value));
  event({ type: 'thread.started', thread_id: 't' });
  event({ type: 'turn.started' });
  event({ type: 'item.completed', item: { id: 'item_0', type: 'agent_message', text: answer } });
  event({
    type: 'turn.completed',
    usage: { input_tokens: 1000, cached_input_tokens: 100, output_tokens: 50, reasoning_output_tokens: 20 },
  });
}

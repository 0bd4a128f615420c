// npm run bench: what the program costs, against what it cannot do without. Each figure is of medians taken in one run and
// decides; `best` is the same of minima, for a machine that is busy with other things. Of what takes seconds (long runs, and
// loads against half of them) the best of three decides, for the median of three is one that something else may have slowed;
// the runs at once are made once. Exit code 1 when a target is missed.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ledger } from './ledger.mjs';
import { loads } from './load.mjs';
import { longRuns } from './long-run.mjs';
import { compare, peakOf, timeOf } from './measure.mjs';
import { MORE_ROUNDS, openPlace, PLAN, ROUNDS } from './place.mjs';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const BY_HAND = fileURLToPath(new URL('./by-hand.mjs', import.meta.url));

const place = openPlace();
const { env, repo: cwd } = place;
const program = (...args) => [process.execPath, MAIN, ...args];

try {
  const rows = [
    ...commands(),
    rounds(),
    refusal(),
    await memory(),
    await ledger(),
    ...(await longRuns({ place, program })),
    ...(await loads({ place, program })),
  ];
  print(rows);
  process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
} finally {
  place.remove();
}

/** Commands that do little, as multiples of a Node that does nothing. */
function commands() {
  timeOf(program(PLAN), { env, cwd });
  const time = (command) => () => timeOf(command, { env, cwd });
  const { median, best } = compare(15, {
    node: time([process.execPath, '-e', '0']),
    version: time(program('--version')),
    help: time(program('--help')),
    status: time(program('status', PLAN)),
  });
  const row = (name, most) => ({
    what: name,
    measured: inMs(median[name]),
    against: inMs(median.node),
    is: times(median[name] / median.node),
    best: times(best[name] / best.node),
    target: `< ${most}x`,
    ok: median[name] / median.node < most,
  });
  return [row('version', 2), row('help', 2), row('status', 3)];
}

/** What a round adds to its agents and its commit: what many more rounds take longer, of the run and of these alone. */
function rounds() {
  const run = (count) => () => {
    place.reset(count);
    return timeOf(program(PLAN), { env, cwd });
  };
  const byHand = (count) => () => {
    place.reset(count);
    const alone = { ...env, BENCH_AGENT: place.agent, REFINE_PLAN_PLAN: place.path };
    return timeOf([process.execPath, BY_HAND], { env: alone, cwd });
  };
  const { median, best } = compare(9, {
    few: run(ROUNDS),
    many: run(MORE_ROUNDS),
    fewAlone: byHand(ROUNDS),
    manyAlone: byHand(MORE_ROUNDS),
  });
  const added = (of) => (of.many - of.few - (of.manyAlone - of.fewAlone)) / (MORE_ROUNDS - ROUNDS);
  return {
    what: `a run of ${MORE_ROUNDS} rounds`,
    measured: inMs(median.many),
    against: inMs(median.manyAlone),
    is: `+${inMs(added(median))} a round`,
    best: `+${inMs(added(best))}`,
    target: '< 150 ms',
    ok: added(median) < 150,
  };
}

/** How soon a second run of a plan is turned away. */
function refusal() {
  place.reset();
  place.lock();
  const { median, best } = compare(7, { second: () => timeOf(program(PLAN), { env, cwd, code: 3 }) });
  const ms = median.second;
  const target = '< 1000 ms';
  return {
    what: 'a second run, refused',
    measured: inMs(ms),
    against: '',
    is: '',
    best: inMs(best.second),
    target,
    ok: ms < 1000,
  };
}

async function memory() {
  place.reset();
  const flood = `${place.dir}/flood.sh`;
  writeFileSync(
    flood,
    'cat >/dev/null; yes "0123456789012345678901234567890123456789" | head -c 200000000\n',
  );
  const peak = await peakOf(program('review', PLAN), {
    env: { ...env, REFINE_PLAN_REVIEWER: `cmd:sh ${flood}` },
    cwd,
    code: 5,
  });
  const measured = `${peak.toFixed(0)} MB`;
  return {
    what: 'an agent that prints 200 MB',
    measured,
    against: '',
    is: '',
    best: '',
    target: '< 120 MB',
    ok: peak < 120,
  };
}

function inMs(ms) {
  return `${ms.toFixed(0)} ms`;
}

function times(ratio) {
  return `${ratio.toFixed(2)}x`;
}

function print(rows) {
  const columns = ['what', 'measured', 'against', 'is', 'best', 'target'];
  const table = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  const widths = columns.map((_, column) => Math.max(...table.map((cells) => cells[column].length)));
  for (const [index, cells] of table.entries()) {
    const line = cells.map((cell, column) => cell.padEnd(widths[column])).join('  ');
    const verdict = index === 0 ? '' : rows[index - 1].ok ? 'ok' : 'MISSED';
    console.log(`${line}  ${verdict}`.trimEnd());
  }
}

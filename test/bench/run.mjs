// npm run bench: what the program costs, against what it cannot do without. Every ratio is of medians taken in one run.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { medians, peakOf, timeOf } from './measure.mjs';
import { openPlace, PLAN } from './place.mjs';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const BY_HAND = fileURLToPath(new URL('./by-hand.mjs', import.meta.url));
const ROUNDS = 3;

const place = openPlace();
const { env, repo: cwd } = place;
const program = (...args) => [process.execPath, MAIN, ...args];
const rows = [];

try {
  commands();
  rounds();
  await memory();
} finally {
  place.remove();
}
print();
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;

function commands() {
  timeOf(program(PLAN), { env, cwd });
  const time = (command) => () => timeOf(command, { env, cwd });
  const ms = medians(15, {
    node: time([process.execPath, '-e', '0']),
    version: time(program('--version')),
    help: time(program('--help')),
    status: time(program('status', PLAN)),
  });
  const ratio = (name, most) => {
    const times = ms[name] / ms.node;
    add({
      what: name,
      measured: inMs(ms[name]),
      against: inMs(ms.node),
      is: `${times.toFixed(2)}x`,
      target: `< ${most}x`,
      ok: times < most,
    });
  };
  ratio('version', 2);
  ratio('help', 2);
  ratio('status', 3);
}

function rounds() {
  const ms = medians(7, {
    run: () => {
      place.reset();
      return timeOf(program(PLAN), { env, cwd });
    },
    byHand: () => {
      place.reset();
      return timeOf([process.execPath, BY_HAND], {
        env: { ...env, BENCH_AGENT: place.agent, REFINE_PLAN_PLAN: place.path },
        cwd,
      });
    },
  });
  const added = (ms.run - ms.byHand) / ROUNDS;
  add({
    what: 'three rounds',
    measured: inMs(ms.run),
    against: inMs(ms.byHand),
    is: `+${inMs(added)} a round`,
    target: '< 150 ms',
    ok: added < 150,
  });
}

async function memory() {
  place.reset();
  writeFileSync(
    `${place.dir}/flood.sh`,
    'cat >/dev/null; yes "0123456789012345678901234567890123456789" | head -c 200000000\n',
  );
  const peak = await peakOf(program('review', PLAN), {
    env: { ...env, REFINE_PLAN_REVIEWER: `cmd:sh ${place.dir}/flood.sh` },
    cwd,
    code: 5,
  });
  add({
    what: 'an agent that prints 200 MB',
    measured: `${peak.toFixed(0)} MB`,
    against: '',
    is: '',
    target: '< 120 MB',
    ok: peak < 120,
  });
}

function add(row) {
  rows.push(row);
}

function inMs(ms) {
  return `${ms.toFixed(0)} ms`;
}

function print() {
  const table = [
    ['', 'measured', 'against', 'is', 'target', ''],
    ...rows.map(({ what, measured, against, is, target, ok }) => [
      what,
      measured,
      against,
      is,
      target,
      ok ? 'ok' : 'MISSED',
    ]),
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
}

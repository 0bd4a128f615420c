// npm run bench:convergence: rounds, cost and what is left, by strategy, on plans with an answer key and agents with known
// chances. `--seeds N`, `--strategy NAME` and `--set PARAMETER=VALUE` (repeatable), `--json FILE`
// for every run. Exit code 1 when a target is missed.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';

/** Half of them wait for the disk at any time. */
const WORKERS = 2 * availableParallelism();

/** Seeds that a worker takes at a time. */
const BATCH = 10;

const [, , mode, module] = process.argv;
if (mode === '--work') await work(module);
else await main();

async function main() {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '200' },
      strategy: { type: 'string', multiple: true },
      set: { type: 'string', multiple: true },
      json: { type: 'string' },
    },
  });
  const dir = mkdtempSync(join(tmpdir(), 'refine-plan-bench-'));
  try {
    const bench = await bundled('bench.ts', dir);
    const { BOUNDS, QUOTED } = await import(await bundled('strategies.ts', dir));
    const names = values.strategy ?? QUOTED;
    const unknown = names.find((name) => !Object.hasOwn(BOUNDS, name));
    if (unknown !== undefined)
      throw new Error(`There is no strategy ${unknown}. There are: ${Object.keys(BOUNDS).join(', ')}.`);
    const runs = {};
    for (const name of names) {
      const began = performance.now();
      const seeds = name.startsWith('void') ? Math.min(200, values.seeds) : Number(values.seeds);
      runs[name] = await measuredBy(
        bench,
        { strategy: name, parameters: parametersOf(values.set ?? []) },
        seeds,
      );
      console.error(`${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
    }
    const { tables } = await import(await bundled('table.ts', dir));
    const { list, targets } = await import(await bundled('targets.ts', dir));
    const judged = targets(runs, BOUNDS);
    console.log(`${tables(runs)}\n\n${list(judged)}`);
    if (values.json) writeFileSync(values.json, JSON.stringify(runs));
    process.exitCode = judged.every(({ isMet }) => isMet !== false) ? 0 : 1;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** `--set induced=0.9`: parameters that differ from the usual ones. */
function parametersOf(given) {
  return Object.fromEntries(
    given.map((one) => one.split('=')).map(([name, value]) => [name, asValue(value)]),
  );
}

function asValue(text) {
  return Number.isNaN(Number(text)) ? text : Number(text);
}

/** Bundles one module of this directory, and returns the address of what was written. */
async function bundled(name, dir) {
  const prompts = new URL('../../../references/prompts/', import.meta.url).href;
  const built = await rolldown({
    input: fileURLToPath(new URL(name, import.meta.url)),
    platform: 'node',
    transform: {
      target: 'node20.19',
      define: { 'process.env.REFINE_PLAN_BENCH_PROMPTS': JSON.stringify(prompts) },
    },
    logLevel: 'silent',
  });
  const file = join(dir, name.replace(/\.ts$/, '.mjs'));
  await built.write({ dir, entryFileNames: name.replace(/\.ts$/, '.mjs') });
  await built.close();
  return pathToFileURL(file).href;
}

/** Deals the seeds out to workers; what comes back is in the order of the seeds, whoever was first. */
async function measuredBy(bench, question, seeds) {
  const rows = [];
  let next = 0;
  const work = async () => {
    const worker = fork(fileURLToPath(import.meta.url), ['--work', bench]);
    try {
      while (next < seeds) {
        const batch = Array.from({ length: Math.min(BATCH, seeds - next) }, (_, index) => next + index);
        next += batch.length;
        for (const row of await answerOf(worker, { ...question, seeds: batch })) rows[row.seed] = row;
      }
    } finally {
      worker.disconnect();
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return rows;
}

function answerOf(worker, question) {
  return new Promise((resolve, reject) => {
    const fail = (code) => reject(new Error(`A worker ended with ${code}.`));
    worker.once('exit', fail);
    worker.once('message', (rows) => {
      worker.off('exit', fail);
      resolve(rows);
    });
    worker.send(question);
  });
}

async function work(bench) {
  const { measured } = await import(bench);
  process.on('message', async (question) => process.send(await measured(question)));
}

import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** Milliseconds that a command takes. Throws where it does not end with the exit code that is expected. */
export function timeOf(command, { env, cwd, code = 0 }) {
  const [file, ...args] = command;
  const began = performance.now();
  const { status, stderr } = spawnSync(file, args, { env, cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  const ms = performance.now() - began;
  if (status !== code) throw new Error(`${command.join(' ')} ended with ${status}, not ${code}: ${stderr}`);
  return ms;
}

/** Medians and minima of several things, measured in turn so that a busy machine slows all of them alike. */
export function compare(repetitions, things) {
  const names = Object.keys(things);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) things[name](); // once for the caches
  for (let n = 0; n < repetitions; n += 1) for (const name of names) times[name].push(things[name]());
  const each = (take) => Object.fromEntries(names.map((name) => [name, take(times[name])]));
  return { median: each(median), best: each((list) => Math.min(...list)) };
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The most memory, in MB, that a program has had at once. Its children do not count. */
export async function peakOf(command, { env, cwd, code }) {
  const [file, ...args] = command;
  const child = spawn(file, args, { env, cwd, stdio: 'ignore' });
  let kilobytes = 0;
  const look = () => {
    try {
      const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
      if (peak) kilobytes = Number(peak[1]);
    } catch {
      // It has ended: the last look counts.
    }
  };
  const looking = setInterval(look, 10);
  const status = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(looking);
  if (status !== code) throw new Error(`${command.join(' ')} ended with ${status}, not ${code}.`);
  return kilobytes / 1024;
}

import { play } from './world.ts';
import { liveIn } from './key.ts';
import { STRATEGIES } from './settings.ts';
const n = Number(process.argv[2] ?? 20);
const t0 = performance.now();
const sum: Record<string, number> = {};
const add = (k: string, v: number) => (sum[k] = (sum[k] ?? 0) + v);
const ends: Record<string, number> = {};
for (let seed = 0; seed < n; seed += 1) {
  const p = await play(seed, { settings: STRATEGIES.A, parameters: JSON.parse(process.argv[3] ?? '{}') });
  const left = liveIn(p.fixture.key, p.text).filter((d) => d.isBlocking);
  add('rounds', p.run.rounds.length); add('units', p.units); add('calls', p.calls.length); add('left', left.length);
  add('size', Buffer.byteLength(p.text) / Buffer.byteLength(p.fixture.text)); add('bytes', p.fixture.text.length);
  const o = p.run.position.at === 'finished' ? p.run.position.outcome : null;
  const e = `${o?.status}/${o?.reason}`; ends[e] = (ends[e] ?? 0) + 1;
  if (o?.status === 'completed_clean') { add('clean', 1); if (left.length) add('false', 1); }
  let f = 0, nz = 0, ind = 0; for (const x of p.fixes.values()) { f += x.real + x.noise; nz += x.noise; ind += x.induced; }
  add('fixes', f); add('noise', nz); add('induced', ind);
}
for (const k in sum) console.log(k, (sum[k]! / n).toFixed(2));
console.log(ends, ((performance.now() - t0) / n).toFixed(0), 'ms per run');

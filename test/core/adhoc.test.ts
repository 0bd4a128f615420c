import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import { documentOf } from '../../src/core/calibrate/document.ts';
import { mutations, seed, undo } from '../../src/core/calibrate/mutations.ts';
import { OPERATORS } from '../../src/core/calibrate/mutation.ts';
import { soundnessOf } from '../../src/core/calibrate/sound.ts';
import { spliced } from '../../src/core/calibrate/splice.ts';
import { swapSteps } from '../../src/core/calibrate/swap-steps.ts';
import { dropAcceptance, dropErrorPath, dropRollback } from '../../src/core/calibrate/drop.ts';
import { invertCondition, widenScope } from '../../src/core/calibrate/change-words.ts';
import { changeNumber } from '../../src/core/calibrate/change-number.ts';
import { renameIdentifier } from '../../src/core/calibrate/rename-identifier.ts';
import { contradictConstraint } from '../../src/core/calibrate/contradict-constraint.ts';
import { seeded } from './random.ts';

const root = process.env.PLANS ?? '';
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.md'));
it('x', { timeout: 600_000 }, () => {
  const hist: number[] = [];
  const per: Record<string, number> = {};
  const got: number[] = [];
  const sample: Record<string, string[]> = {};
  let unsound = 0,
    total = 0;
  for (const f of files) {
    const text = readFileSync(join(root, f), 'utf8');
    const plan = text.replace(/^\ufeff/, '');
    const t0 = performance.now();
    const doc = documentOf(plan); const ok = soundnessOf(plan);
    const r = seeded(5);
    let n = 0;
    const counts: string[] = [];
    const all = {
      swap: swapSteps(doc),
      rollback: dropRollback(doc),
      number: changeNumber(doc, r),
      invert: invertCondition(doc),
      rename: renameIdentifier(doc, r),
      acceptance: dropAcceptance(doc),
      widen: widenScope(doc),
      error: dropErrorPath(doc),
      contradict: contradictConstraint(doc, r),
    };
    for (const [name, cands] of Object.entries(all)) {
      const some = cands.slice(0, 2);
      const fit = some.filter((c) => ok(spliced(plan, c.splices)));
      total += some.length;
      unsound += some.length - fit.length;
      if (fit.length) {
        n++;
        per[name] = (per[name] ?? 0) + 1;
      }
      counts.push(`${name}:${cands.length}`);
      (sample[name] ??= []).push(...fit.slice(0, 1).map((c) => c.describes));
    }
    hist[n] = (hist[n] ?? 0) + 1;
    const t1 = performance.now();
    const ms = mutations(text, seeded(3), 6);
    const t2 = performance.now();
    got.push(ms.length);
    const copy = seed(text, ms);
    if (undo(copy) !== text) console.log('NOT UNDONE', f);
    for (const m of ms) if (undo(m) !== text) console.log('NOT UNDONE', f, m.operator);
    console.log(
      n,
      new Set(ms.map((m) => m.operator)).size,
      ms.length,
      text.length,
      Math.round(t2 - t1),
      f,
      counts.join(' '),
    );
  }
  console.log(
    'operators applicable: plans',
    JSON.stringify(hist),
    'per operator',
    per,
    'unsound',
    unsound,
    total,
    'files',
    files.length,
    OPERATORS.length,
  );
  console.log('mutations got of 6', got.join(' '));
  for (const [n, s] of Object.entries(sample)) console.log(n, '\n   ' + s.slice(0, 12).join('\n   '));
});

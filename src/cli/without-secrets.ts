import { replay } from '../core/evolve-all.ts';
import type { Stamped } from '../core/fact.ts';
import { redactAll, type Redact } from '../lib/redact.ts';
import type { KeptRun } from '../store/runs.ts';

type Told = Pick<KeptRun, 'run' | 'facts'>;

/**
 * A run as its journal would tell it had nobody ever said a secret: what a report cuts, or writes in the way of its format, is
 * not known again as one.
 */
export async function withoutSecrets({ run, facts }: Told, redact: Redact): Promise<Told> {
  const cleaned = await Promise.all(facts.map((fact) => cleanFact(fact, redact)));
  if (cleaned.every((fact, at) => fact === facts[at])) return { run, facts };
  const told = replay(run.id, cleaned) ?? run;
  const plan = redactAll(run.started.plan, redact); // which may have been moved since
  return { run: { ...told, started: { ...told.started, plan } }, facts: cleaned };
}

/** A word that the loop itself goes by may happen to be somebody's password: it is none here. */
async function cleanFact(fact: Stamped, redact: Redact): Promise<Stamped> {
  const text = JSON.stringify(fact);
  if (redact(text) === text) return fact;
  const cleaned = redactAll(fact, redact);
  const { checkFact } = await import('../store/check-fact.ts');
  return checkFact(cleaned) === undefined ? cleaned : fact;
}

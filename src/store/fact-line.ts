import { FACT_TYPES } from '../core/fact-types.ts';
import type { FactOf, Stamped } from '../core/fact.ts';
import { journalDamaged, journalTooNew } from '../errors/store.ts';
import { wholeLines } from './whole-lines.ts';

/** Where a line stands, and who tells what was left of it to be read later; without, all of it is read now. */
export type Where = {
  readonly path: string;
  /** From 0. */
  readonly index: number;
  readonly late?: ((index: number) => Late) | undefined;
};

/** Where edits stand, and what they changed: a third of a long journal, and few ask for it. */
type Late = Pick<FactOf<'edits.read'>, 'edits'> & Partial<Pick<FactOf<'edits.applied'>, 'changes'>>;

const LATE = ',"edits":[';

/**
 * A line of a journal as the facts it holds: one, or none where a newer version wrote it. Throws where it is none of ours by
 * name. The end of a line of edits is read when somebody asks for it, unless an older version did not write it there.
 */
export function readLine(line: Buffer, where: Where): Stamped[] {
  const { late, index } = where;
  const from = late ? line.indexOf(LATE) : -1;
  const fact = from === -1 ? undefined : readStamped(`${line.toString('utf8', 0, from)}}`);
  if (!late || typeof fact !== 'object' || !endsInEdits(fact))
    return factsOf(readStamped(line.toString()), where);
  Object.defineProperty(fact, 'edits', { enumerable: true, get: () => late(index).edits });
  if (fact.type === 'edits.applied')
    Object.defineProperty(fact, 'changes', { enumerable: true, get: () => late(index).changes });
  return [fact];
}

/** Is this the start of a line that ends in edits? Older versions wrote these before `moves`, and before `candidate`. */
function endsInEdits(fact: Stamped): boolean {
  return (
    (fact.type === 'edits.applied' && 'moves' in fact) || (fact.type === 'edits.read' && 'candidate' in fact)
  );
}

/** The ends of the lines of edits in a journal: all of them are read when the first is asked for. */
export function lateIn(path: string): NonNullable<Where['late']> {
  let all: Map<number, Late> | undefined;
  return (index) => {
    all ??= readLate(path);
    const late = all?.get(index);
    if (!late) throw journalDamaged(path, index + 1, 'its edits cannot be read');
    return late;
  };
}

function readLate(path: string): Map<number, Late> | undefined {
  const all = new Map<number, Late>();
  let index = 0;
  try {
    for (const line of wholeLines(path)) {
      const fact = line.includes(LATE) && readStamped(line.toString());
      if (typeof fact === 'object' && fact.type === 'edits.applied')
        all.set(index, { edits: fact.edits, changes: fact.changes });
      else if (typeof fact === 'object' && fact.type === 'edits.read') all.set(index, { edits: fact.edits });
      index += 1;
    }
    return all;
  } catch {
    return undefined; // it was removed meanwhile, or its disk is gone
  }
}

function factsOf(read: ReturnType<typeof readStamped>, { path, index }: Omit<Where, 'late'>): Stamped[] {
  if (read === 'no fact') throw journalDamaged(path, index + 1, 'it is not a fact');
  if (read === 'newer') throw journalTooNew(path);
  return read === 'unknown' ? [] : [read]; // a newer version's fact: readers ignore what they do not know
}

/** A line of a journal, known by the name of its fact; or why it is none of ours. */
export function readStamped(line: string): Stamped | 'no fact' | 'newer' | 'unknown' {
  const value = parse(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'no fact';
  const { v, ts, run, type } = value as Record<string, unknown>; // a JSON object, as checked
  if (v !== 1) return 'newer';
  if (typeof type !== 'string' || typeof ts !== 'string' || typeof run !== 'string') return 'no fact';
  if (!KNOWN.has(type)) return 'unknown';
  const fact = value as Stamped & { sum?: string }; // what it holds is checked where it matters
  delete fact.sum; // the last one: a copy without it takes far longer
  return fact;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // reported by the caller, with its line
  }
}

const KNOWN: ReadonlySet<string> = new Set(FACT_TYPES);

import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { CalibrationScored } from '../core/facts/assessment.ts';
import type { FactOf } from '../core/fact.ts';
import { atomicWrite } from './atomic-write.ts';

type Scored = FactOf<'calibration.scored'>;

/** Reviewers whose recall was measured, by who they are and what they are told; a cache, which may be deleted at any time. */
const Kept = z.record(z.string(), CalibrationScored.extend({ measured_at: z.iso.datetime() }));

/** The longest a measurement is believed, in milliseconds: what a name stands for changes, as models do. */
const LIFE = 30 * 24 * 60 * 60 * 1000;

/** The recall that was measured for this key, as a fact of a new run; null where none was, or too long ago. */
export async function measuredRecall(path: string, key: string, now: Date): Promise<Scored | null> {
  const found = (await keptIn(path))[key];
  if (!found || now.getTime() - Date.parse(found.measured_at) > LIFE) return null;
  const { measured_at: at, ...scored } = found;
  return { ...scored, round: 0, call: null, measured_at: at };
}

/** Keeps a measurement. Whatever is in the way of that, the run does not mind. */
export async function keepRecall(path: string, key: string, scored: Scored, now: Date): Promise<void> {
  const kept = { ...(await keptIn(path)), [key]: { ...scored, measured_at: now.toISOString() } };
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await atomicWrite(path, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  } catch {
    // A cache that cannot be written is measured again the next time.
  }
}

/** What cannot be read is no measurement. */
async function keptIn(path: string): Promise<z.infer<typeof Kept>> {
  try {
    return Kept.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return {}; // there is none yet, or nobody can read it: measured again, it is written anew
  }
}

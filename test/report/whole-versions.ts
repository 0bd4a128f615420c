import { createHash } from 'node:crypto';
import { AUTHORED, EDITS, type EditName } from './whole-plan.ts';

/** The versions of the plan in the course of the whole run. */
export type Versions = Readonly<
  Record<'start' | 'first' | 'elsewhere' | 'second' | 'hooked' | 'third' | 'fourth', string>
>;

export function versionsOf(): Versions {
  const first = edited(AUTHORED, 'retries', 'secret', 'timeout');
  const elsewhere = first.replace('Owner: payments', 'Owner: payments and platform');
  const second = edited(elsewhere, 'parking', 'limit');
  const hooked = second.replace('## Rollout\n', '## Roll-out\n');
  const third = edited(hooked, 'jitter', 'order');
  const fourth = edited(third, 'unparking');
  return { start: AUTHORED, first, elsewhere, second, hooked, third, fourth };
}

function edited(text: string, ...names: readonly EditName[]): string {
  return names.reduce((now, name) => {
    const { before, after } = EDITS[name];
    if (!now.includes(before)) throw new Error(`The plan has no ${name}.`);
    return now.replace(before, after);
  }, text);
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

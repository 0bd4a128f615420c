import type { Given } from './world.ts';

/** Claims that have no word in common. */
export const CLAIMS = [
  ['rows vanish', 'Customers without mail never arrive.'],
  ['clocks differ', 'Midnight falls twice each autumn.'],
  ['locks deadlock', 'Two workers wait for one another.'],
  ['secrets leak', 'Passwords stand in plain logs.'],
  ['disk fills', 'Nothing ever deletes old dumps.'],
  ['encoding breaks', 'Umlauts become question marks.'],
  ['order matters', 'Children precede their parents.'],
  ['retries flood', 'Every timeout doubles load.'],
  ['index missing', 'Lookups scan whole tables.'],
  ['rollback impossible', 'Dropped columns cannot return.'],
  ['owner unknown', 'Nobody answers pages.'],
  ['tests pass always', 'Assertions compare constants.'],
  ['limits absent', 'Files may exceed memory.'],
  ['names collide', 'Tenants share identifiers.'],
  ['caches lie', 'Stale entries outlive updates.'],
  ['currency lost', 'Euros sum with dollars.'],
] as const;

export function claim(index: number): {
  severity: 'high';
  title: string;
  body: string;
  recommendation: string;
  confidence: number;
} {
  const [title, body] = CLAIMS[index] ?? CLAIMS[0];
  return { severity: 'high', title, body, recommendation: 'Say it otherwise.', confidence: 0.9 };
}

export const CHAIN_PLAN = '# Import\n\n1. Reach state 0 of the import.\n2. Tell everybody.\n';

/** Each fix writes the text that the next finding is about. */
export function chain(length: number): NonNullable<Given['defects']> {
  return Array.from({ length }, (_, index) => ({
    ...claim(index),
    quote: `state ${index} of the import`,
    fix: { old_text: `state ${index} of the import`, new_text: `state ${index + 1} of the import` },
  }));
}

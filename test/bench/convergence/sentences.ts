import { pick, type Random } from './random.ts';

/** Parts of the planned system. */
export const WHO = [
  'importer', 'scheduler', 'billing job', 'audit writer', 'search indexer', 'mail gateway', 'session store', 'rate limiter',
  'export worker', 'webhook sender', 'report builder', 'price service', 'stock service', 'refund job', 'tenant router',
  'image resizer', 'archive job', 'quota keeper', 'login service', 'metrics collector', 'label printer', 'tax service',
  'address checker', 'order service', 'feed reader', 'token issuer', 'backup job', 'usage counter',
] as const; // prettier-ignore

/** First halves of the tokens by which the answer key knows its defects. */
export const THINGS = [
  'ledger', 'orders', 'prices', 'quota', 'outbox', 'tenants', 'sessions', 'labels', 'refunds', 'ratings', 'stock', 'mails',
  'feeds', 'images', 'grants', 'plans', 'usage', 'tokens', 'ports', 'reports', 'totals', 'claims', 'parts', 'routes',
] as const; // prettier-ignore

const COUNTS = [
  'two',
  'three',
  'four',
  'five',
  'six',
  'eight',
  'ten',
  'twelve',
  'twenty',
  'thirty',
  'forty',
  'ninety',
];

const SPANS = ['seconds', 'minutes', 'hours', 'days', 'weeks'];

/** Sentences nobody has a reason to object to. None has a full stop inside, and none a code span. */
const SOUND = [
  'The {who} runs on {n} hosts and keeps no state of its own beside the {other}.',
  'A change of the {who} is announced {n} {span} ahead to the team of the {other}.',
  'The {who} hands its result to the {other} and waits {n} {span} for the answer.',
  'Settings of the {who} live beside those of the {other} and are read at start.',
  'Its owner is the team of the {who}, which also answers for the {other}.',
  'The {who} reports to the dashboard of the {other} every {n} {span}.',
  'Failures of the {who} are shown to whoever is on call for the {other}.',
  'After {n} {span} without work the {who} goes to sleep until the {other} wakes it.',
  'The {who} was split from the {other} last year and shares its schema.',
  'Requests that reach the {who} by way of the {other} carry the id of their tenant.',
  'The {who} is tested against a copy of the {other} with the data of {n} tenants.',
  'What the {who} does for the {other} takes {n} {span} on the busiest day.',
  'Both the {who} and the {other} speak the second version of the protocol.',
  'The manual of the {who} links to the page of the {other} and to its {n} examples.',
  'The {who} keeps {n} workers ready for the {other} and starts more when all are busy.',
  'Before the {other} is changed, the {who} is run against it for {n} {span} in staging.',
  'A person can pause the {who} for {n} {span} without harm to the {other}.',
  'The {who} and the {other} are deployed on different days of the week.',
  'In {n} {span} of last month the {who} handled more than the {other} did in a year.',
  'The budget of the {who} covers {n} hosts, and what the {other} needs comes on top.',
] as const;

/** A sound sentence that the text does not hold yet. */
export function soundSentence(random: Random, isTaken: (sentence: string) => boolean): string {
  for (;;) {
    const who = pick(random, WHO);
    const other = pick(random, WHO);
    const sentence = fill(pick(random, SOUND), {
      who,
      other: other === who ? 'rest' : other,
      n: pick(random, COUNTS),
      span: pick(random, SPANS),
    });
    if (!isTaken(sentence)) return sentence;
  }
}

/** A pattern with its slots filled. */
export function fill(pattern: string, slots: Readonly<Record<string, string>>): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? '');
}

/** A matter of taste: either way is as good as the other. */
export const TASTES = [
  'Times are shown to people in the zone of their **browser**.',
  'Times are shown to people in the zone of their **company**.',
] as const;

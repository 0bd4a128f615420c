import type { Family } from './family.ts';

/** States, failures and orders of events that no step covers. */
export const MISSING_CASES: readonly Family[] = [
  {
    kind: 'missing-case',
    defective: [
      'The {who} retries {it} until it answers.',
      'Calls to {it} are repeated by the {who} until one of them succeeds.',
      'The {who} asks {it} again and again, a second apart, as long as it takes.',
    ],
    sound: 'The {who} tries such a call five times, a second apart, and then fails the job.',
    titles: [
      'No bound on the retries of {it}',
      '{it} is asked without end when it is down',
      'The {who} never gives up on {it}',
    ],
    happens: [
      'While {it} is down for an hour, every worker of the {who} sits in its retry.',
      'An outage of {it} keeps all threads of the {who} busy with asking again.',
    ],
    costs: ['Nothing else is served in that hour.', 'Other tenants wait although their own data is there.'],
    recommendation: 'State how often it is tried, and what happens then.',
  },
  {
    kind: 'missing-case',
    defective: [
      'The {who} adds one to {it} for every message that arrives.',
      'Each message that the {who} receives raises {it} by one.',
      'For every delivery the {who} counts {it} up.',
    ],
    sound: 'The {who} counts each message once, by its id, however often it is delivered.',
    titles: [
      'Redelivered messages are counted twice in {it}',
      '{it} is not idempotent under at-least-once delivery',
      'Duplicates inflate {it}',
    ],
    happens: [
      'The broker delivers a message twice after a timeout, and {it} goes up by two.',
      'After a consumer restart the last batch arrives again at the {who} and {it} counts it anew.',
    ],
    costs: ['The invoice of that customer is too high.', 'The totals no longer match the ledger.'],
    recommendation: 'Count by message id.',
  },
  {
    kind: 'missing-case',
    defective: [
      'The {who} writes its state to {it} in place.',
      'State is kept in {it}, which the {who} overwrites at each checkpoint.',
      'At every checkpoint the {who} truncates {it} and writes it anew.',
    ],
    sound: 'The {who} writes its state beside the old one, and renames it into place.',
    titles: [
      'A crash during the write truncates {it}',
      '{it} is not written atomically',
      'Half a checkpoint in {it} stops the next start',
    ],
    happens: [
      'The process is killed between truncating {it} and the last write of the {who}.',
      'Power fails while {it} is half written.',
    ],
    costs: ['The next start finds no state and begins from nothing.', 'A day of work is done again.'],
    recommendation: 'Write a temporary file and rename it.',
  },
  {
    kind: 'missing-case',
    defective: [
      'New rows of {it} have the new format, and the {who} reads only that one.',
      'From then on the {who} expects {it} in the new format.',
      'The {who} parses {it} in its second version alone.',
    ],
    sound: 'The {who} reads both formats until the last old row has been rewritten.',
    titles: [
      'Old rows of {it} become unreadable',
      'No migration for what is already in {it}',
      'The {who} fails on {it} from before the change',
    ],
    happens: [
      'Rows written last month stay in {it} as they were, and the {who} meets the first of them at midnight.',
      'Nobody rewrites the two million old rows of {it}.',
    ],
    costs: ['The nightly run stops there.', 'Reports leave out whole customers without a word.'],
    recommendation: 'Read both, or migrate first.',
  },
  {
    kind: 'missing-case',
    defective: [
      'What the {who} cannot handle is put onto {it}.',
      'Failed items of the {who} go to {it}.',
      'The {who} parks what it does not understand in {it}.',
    ],
    sound: 'Failed items are kept for a week, and somebody is told when there are more than fifty.',
    titles: [
      'Nothing ever empties {it}',
      '{it} grows without bound and nobody looks',
      'Items that land in {it} are lost in silence',
    ],
    happens: [
      'A bad deploy of the {who} sends everything to {it}, and no step reads it.',
      'No alarm watches {it}, and no job takes anything out.',
    ],
    costs: ['The disk is full on the third day.', 'Customers notice a week later.'],
    recommendation: 'Say who empties it, and when somebody is told.',
  },
  {
    kind: 'missing-case',
    defective: [
      'When the copy of {it} breaks off, the {who} goes on with what is there.',
      'The {who} carries on once {it} has stopped growing.',
      'As soon as no more rows of {it} arrive, the {who} takes the copy for complete.',
    ],
    sound: 'The {who} goes on only when the number of rows and their checksum agree on both sides.',
    titles: [
      'A broken copy of {it} is taken for a whole one',
      'Half of {it} passes as complete',
      'No check that {it} was copied entirely',
    ],
    happens: [
      'The network fails after half of {it}, and the {who} switches over.',
      'Row 8814 of {it} never arrives and nobody compares.',
    ],
    costs: ['The other half is missing from then on.', 'Balances are wrong and cannot be rebuilt.'],
    recommendation: 'Compare counts and checksums.',
  },
];

/**
 * A kind of defect: the sentence that has it, in several wordings, the sound sentence in its place, and what reviewers say of
 * it. `{it}` is the token by which the answer key knows the defect again, `{who}` a part of the planned system.
 */
export type Family = {
  readonly kind: 'contradiction' | 'missing-case' | 'wrong-fact' | 'ambiguity' | 'untestable' | 'scope';
  readonly defective: readonly string[];
  readonly sound: string;
  readonly titles: readonly string[];
  /** What happens, and what it comes to: a body takes one of each. */
  readonly happens: readonly string[];
  readonly costs: readonly string[];
  readonly recommendation: string;
};

export const FAMILIES: readonly Family[] = [
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
    kind: 'contradiction',
    defective: [
      'On rollback the column {it} is dropped first, and then the {who} is stopped.',
      'To go back, drop {it} and stop the {who} afterwards.',
      'The way back begins with removing {it}, and ends with stopping the {who}.',
    ],
    sound: 'On rollback the {who} is stopped first, and its column is dropped a day later.',
    titles: [
      'Rollback drops {it} before its writers stop',
      'The {who} still writes {it} while the way back removes it',
      'Order of the rollback loses writes to {it}',
    ],
    happens: [
      'Between the two steps the old {who} writes to {it}, which is gone.',
      'Writers of the {who} are still up when {it} disappears under them.',
    ],
    costs: ['The writes of those minutes fail and are lost.', 'Orders taken meanwhile cannot be restored.'],
    recommendation: 'Stop the writers before the column goes.',
  },
  {
    kind: 'contradiction',
    defective: [
      'The {who} takes the row lock on {it} before the order lock.',
      'Rows of {it} are locked by the {who} first, and the order after them.',
      'Before it touches the order, the {who} locks its rows in {it}.',
    ],
    sound: 'The {who} takes the order lock first, and the row locks after it.',
    titles: [
      'Lock order on {it} is the reverse of the declared one',
      'Deadlock between {it} and the order lock',
      'The {who} locks rows of {it} too early',
    ],
    happens: [
      'Two jobs that take {it} and the order lock in opposite order wait for each other.',
      'A refund holds the order lock and wants {it}, the {who} holds it and wants the order.',
    ],
    costs: ['Both are aborted after thirty seconds.', 'The queue stands still until somebody restarts it.'],
    recommendation: 'Take the locks in the declared order.',
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
    kind: 'untestable',
    defective: [
      'After the deploy of the {who}, {it} works reliably.',
      'The {who} is done when {it} behaves well under load.',
      'Accepted when users see no problems with {it} in the {who}.',
    ],
    sound: 'The {who} answers 99 of 100 requests within 300 ms during the load test.',
    titles: [
      'Acceptance of {it} cannot fail',
      'No measure says whether {it} is good enough',
      '"Reliably" is no acceptance test for {it}',
    ],
    happens: [
      'Two people read the criterion of {it} and come to opposite verdicts on the {who}.',
      'A build that drops every tenth request of {it} still passes as it is written.',
    ],
    costs: ['The rollout goes ahead with a broken build.', 'Whoever decides last decides by mood.'],
    recommendation: 'Name the measure and its limit.',
  },
  {
    kind: 'contradiction',
    defective: [
      'At start the {who} reads {it}, which the first import writes.',
      'The {who} needs {it} before anything has filled it.',
      'Step one of the {who} uses {it}, and step four creates it.',
    ],
    sound: 'The first import runs before the start, and the {who} refuses to start without its result.',
    titles: [
      '{it} is read before it is written',
      'Order of steps leaves {it} empty at the first start',
      'The {who} depends on {it} which comes later',
    ],
    happens: [
      'On a fresh cluster {it} does not exist when the {who} comes up.',
      'The first start of the {who} finds {it} empty and takes that for an answer.',
    ],
    costs: ['Every tenant gets the defaults.', 'It crashes, restarts, and crashes again.'],
    recommendation: 'Move the import before the start.',
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
    kind: 'wrong-fact',
    defective: [
      'The {who} compares the local time with {it}.',
      'Whether it is due, the {who} decides by the wall clock of the host against {it}.',
      'A job is due once the time of its host passes {it}.',
    ],
    sound: 'The {who} compares times in UTC, and stores no other.',
    titles: [
      'Time zones are mixed up in {it}',
      '{it} is UTC and compared with local time',
      'Jobs are due hours early by {it}',
    ],
    happens: [
      'A host in Berlin reads {it}, which holds UTC, and is two hours ahead in summer.',
      'On the night the clocks change the {who} sees {it} twice.',
    ],
    costs: ['Payments leave before their date.', 'The same job runs two times.'],
    recommendation: 'Compare in UTC.',
  },
  {
    kind: 'scope',
    defective: [
      'For support, the {who} logs each request with {it} in it.',
      'The log of the {who} holds the whole request, {it} included.',
      'Every request is logged by the {who} as it came, along with {it}.',
    ],
    sound: 'The {who} logs the id of each request, and none of its fields.',
    titles: [
      'A secret ends in the logs: {it}',
      '{it} can be read by everybody with access to logs',
      'Logging whole requests leaks {it}',
    ],
    happens: [
      'Support opens the log of the {who} and sees {it} of every customer.',
      'Logs are kept for a year and shipped to a vendor, with {it} in clear.',
    ],
    costs: ['That has to be reported as a breach.', 'Keys must be rotated for all tenants.'],
    recommendation: 'Log the id alone.',
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
    kind: 'ambiguity',
    defective: [
      'The {who} answers from {it} where it can.',
      'Where {it} has a value, the {who} returns that.',
      'A hit in {it} is returned by the {who} as it is.',
    ],
    sound: 'The {who} answers from its cache for at most a minute after the value was read.',
    titles: [
      'Stale values in {it} are served for ever',
      'When does {it} expire?',
      'No invalidation of {it} after a change',
    ],
    happens: [
      'A price is changed at noon, and the {who} keeps the old one in {it}.',
      'Nothing says when an entry of {it} is too old for the {who}.',
    ],
    costs: ['Customers pay the wrong price until the next restart.', 'Revoked rights go on working.'],
    recommendation: 'State how long an entry is good for.',
  },
  {
    kind: 'scope',
    defective: [
      'Whoever knows {it} may start the {who}.',
      'The {who} is started by a request to {it}.',
      'A call of {it} is enough to start the {who}.',
    ],
    sound: 'Only members of the operations group may start the {who}, and each start is recorded.',
    titles: [
      'Anybody can trigger the job behind {it}',
      '{it} asks for no permission',
      'Missing access check on {it}',
    ],
    happens: [
      'The address {it} is in the public documentation and needs no login.',
      'A former employee calls {it} and starts the {who} at noon.',
    ],
    costs: ['The whole import runs twice that day.', 'A stranger can keep the cluster busy.'],
    recommendation: 'Name who may do it.',
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
  {
    kind: 'scope',
    defective: [
      'The flag {it} turns the {who} on for all tenants.',
      'With {it} set, every tenant uses the {who} from that minute on.',
      'All tenants are moved to the {who} when {it} is flipped.',
    ],
    sound: 'The {who} is turned on for one tenant, a day later for ten, and a week later for the rest.',
    titles: [
      'No gradual rollout behind {it}',
      '{it} is all or nothing',
      'A mistake behind {it} reaches every tenant at once',
    ],
    happens: [
      'A slow query in the {who} hits the database with all tenants when {it} goes on.',
      'There is no way to use {it} for one tenant.',
    ],
    costs: ['The whole product is down.', 'Going back takes everybody back as well.'],
    recommendation: 'Turn it on by tenant.',
  },
  {
    kind: 'contradiction',
    defective: [
      'The {who} deletes {it} as soon as the export has begun.',
      'Once the export runs, {it} is deleted by the {who}.',
      'While the export is written, the {who} clears {it}.',
    ],
    sound: 'The source is deleted a week after the export was read back and compared.',
    titles: [
      'The source {it} is gone before the export is whole',
      'Deleting {it} during the export loses rows',
      'An export that fails leaves neither copy of {it}',
    ],
    happens: [
      'The export dies after a minute, and {it} has been deleted meanwhile.',
      'The bucket refuses the last part, when {it} is already empty.',
    ],
    costs: ['There is no copy left.', 'What was not yet exported cannot be had back.'],
    recommendation: 'Delete after the export was checked.',
  },
];

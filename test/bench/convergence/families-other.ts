import type { Family } from './family.ts';

/** What is open to two readings, wrong, beyond what was asked for, or impossible to test. */
export const OTHERS: readonly Family[] = [
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
];

import type { Family } from './family.ts';

/** Two places of the plan that cannot both be followed, or steps in an order that undoes one of them. */
export const CONTRADICTIONS: readonly Family[] = [
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

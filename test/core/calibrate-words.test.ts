import { describe, expect, it } from 'vitest';
import { invertCondition, widenScope } from '../../src/core/calibrate/change-words.ts';
import { documentOf } from '../../src/core/calibrate/document.ts';
import { outcomes } from './calibrate-cases.ts';

const OPPOSITE = ['contradict', 'invert', 'revers', 'opposite', 'backward', 'wrong way', 'negat'];
const TIME = ['before', 'after', 'order', 'sequence', ...OPPOSITE];
const CONDITION = ['unless', 'condition', 'only if', ...OPPOSITE];
const EVERY = ['all', 'every', 'scope', 'too broad', 'only', 'widen', 'overly', 'restrict'];

describe('a condition', () => {
  it.each<[string, string]>([
    ['Stop the workers before the lock.', 'Stop the workers after the lock.'],
    ['Stop the workers before  the lock.', 'Stop the workers after  the lock.'],
    ['Before the lock, stop the workers.', 'After the lock, stop the workers.'],
    ['Stop the workers BEFORE the lock.', 'Stop the workers AFTER the lock.'],
    ['Stop the workers before android starts.', 'Stop the workers after android starts.'],
    ['Stop the workers before order is lost.', 'Stop the workers after order is lost.'],
    ['Stop the workers before allocation of it.', 'Stop the workers after allocation of it.'],
    ['Stop the workers after the lock.', 'Stop the workers before the lock.'],
    ['After  the lock, stop the workers.', 'Before  the lock, stop the workers.'],
    ['Stop the workers after android starts.', 'Stop the workers before android starts.'],
    ['Stop the workers after order is lost.', 'Stop the workers before order is lost.'],
    ['Stop the workers after allocation of it.', 'Stop the workers before allocation of it.'],
    ['Stop the workers unless  it fails.', 'Stop the workers if  it fails.'],
    ['UNLESS it fails, stop the workers.', 'IF it fails, stop the workers.'],
    ['Stop the workers if  it fails.', 'Stop the workers unless  it fails.'],
    ['If it fails, stop the workers.', 'Unless it fails, stop the workers.'],
    ['IF it fails, stop the workers.', 'Unless it fails, stop the workers.'],
    ['Stop the workers if nothing is left.', 'Stop the workers unless nothing is left.'],
    ['Stop the workers if sources are lost.', 'Stop the workers unless sources are lost.'],
    ['Stop the workers if your lock is lost.', 'Stop the workers unless your lock is lost.'],
    ['Stop it all before lunch', 'Stop it all after lunch'],
  ])('is turned round: %s', (plan, turned) => {
    expect(outcomes(plan, invertCondition)).toEqual([turned]);
  });

  it.each(
    [
      'Before-hand and before, and right before (the lock).',
      'It is as if-then or, if, as it seems.',
      'Stop it then unless, of course, it fails.',
      'It is the look-before and the look-after table, what-if too.',
      'It is the look-before table and look-after table.',
      'It is the what-if analysis of the plan.',
      'Stop it all xbefore the, xafter the, xunless the, xif the.',
      'Stop it all before and during the lock.',
      'Stop it all before or with the lock.',
      'Stop it all before all is lost.',
      'Stop it with and before the lock.',
      'Stop it with or before the lock.',
      'Stop it all immediately before the lock.',
      'Stop it all after and during the lock.',
      'Stop it all after or with the lock.',
      'Stop it all after all is lost.',
      'Stop it with and after the lock.',
      'Stop it with or after the lock.',
      'Let it look after the lock.',
      'The worker looks after the lock.',
      'One is looking after the lock.',
      ...['as', 'even', 'what', 'only', 'and', 'or', 'see', 'check', 'checks'].map(
        (word) => `Let the worker ${word} if the lock is lost.`,
      ),
      ...['verify', 'determine', 'know', 'ask', 'decide'].map(
        (word) => `Let the worker ${word} if the lock is lost.`,
      ),
      ...['any', 'needed', 'necessary', 'possible', 'not', 'so', 'you like', 'else'].map(
        (word) => `Let the worker stop if ${word}.`,
      ),
      'Stop it before lunch',
      'Stop  it  before  lunch',
      'Run `a b c d before the` now.',
    ].map((text) => [text]),
  )('is left as it is: %s', (plan) => {
    expect(outcomes(plan, invertCondition)).toEqual([]);
  });

  it.each<[string, readonly string[]]>([
    ['before', TIME],
    ['after', TIME],
    ['unless', CONDITION],
    ['if', CONDITION],
  ])('is named by what says %s and the like', (word, cues) => {
    const plan = `Stop the workers ${word} it fails.`;

    expect(invertCondition(documentOf(plan)).map((one) => one.cues)).toEqual([cues]);
  });

  it('is told with what stands around it', () => {
    const plan = `Begin.\n\n# Here\n\n${'a b '.repeat(10)}if ${'c'.repeat(60)}\n`;

    expect(invertCondition(documentOf(plan))).toEqual([
      {
        operator: 'invert-condition',
        splices: [{ start: 56, end: 58, fresh: 'unless' }],
        block: { start: 16, end: 119 },
        isAbsence: false,
        section: 1,
        cues: CONDITION,
        describes: `“if” became “unless” in “${'b a '.repeat(7)}b if ${'c'.repeat(47)}”.`,
      },
    ]);
  });

  it('is told from the beginning of a text that is short', () => {
    const [only] = invertCondition(documentOf('Stop the workers if it fails.'));

    expect(only?.describes).toBe('“if” became “unless” in “Stop the workers if it fails.”.');
  });

  it('is turned in every place, each by itself', () => {
    expect(outcomes('If it fails before the lock, stop.\n', invertCondition)).toEqual([
      'If it fails after the lock, stop.\n',
      'Unless it fails before the lock, stop.\n',
    ]);
  });
});

describe('a scope', () => {
  it.each<[string, string]>([
    ...['some', 'most', 'several', 'certain', 'selected', 'many', 'a few'].map((word): [string, string] => [
      `Stop it for ${word}  workers.`,
      'Stop it for all  workers.',
    ]),
    ...['some', 'most', 'several', 'many', 'a few'].map((word): [string, string] => [
      `Stop it for ${word}  of them.`,
      'Stop it for all  of them.',
    ]),
    ['Some workers stop when it fails.', 'All workers stop when it fails.'],
    ['A few workers stop at once.', 'All workers stop at once.'],
    ['MOST workers stop when it fails.', 'ALL workers stop when it fails.'],
    ['Stop it for some offices there.', 'Stop it for all offices there.'],
    ['Stop it for some otherwise idle ones.', 'Stop it for all otherwise idle ones.'],
    ['Stop it for some moreover idle ones.', 'Stop it for all moreover idle ones.'],
    ['Stop it for some thingamy there.', 'Stop it for all thingamy there.'],
    ['Stop it with at least one  worker.', 'Stop it with every  worker.'],
    ['At least one worker stops.', 'Every worker stops.'],
    ['Stop it with any of  the workers.', 'Stop it with all of  the workers.'],
    ['Any of the workers stops.', 'All of the workers stops.'],
    ...'for on in when if to by after one those from at with via the'
      .split(' ')
      .map((word): [string, string] => [`Stop the worker only ${word} it.`, `Stop the worker ${word} it.`]),
  ])('is widened: %s', (plan, widened) => {
    expect(outcomes(plan, widenScope)).toEqual([widened]);
  });

  it.each(
    [
      'Stop it for certain of them.',
      'Stop it for selected of them.',
      'Stop it for some other worker.',
      'Stop it for some more workers.',
      'Stop it for some thing there.',
      'Stop it for some things there.',
      'Stop it for some (few) workers.',
      'Stop it for awesome workers there.',
      'Stop it for somehow good workers.',
      'Stop it for at least one, or two.',
      'Stop it for that least one worker.',
      'Stop it for any of (them) there.',
      'Stop it for many-of them there.',
      'Stop it with not only the worker.',
      'Stop it with if only the worker.',
      'It is a read only the worker has.',
      'Stop it with the only one there.',
      'The lock is only for the worker.',
      'The lock is read-only for the worker.',
      'The lock is conly for the worker.',
      'Only for the worker there is one.',
      'Stop it only there and then.',
      'Stop it only forever and then.',
      'Stop some workers now',
    ].map((text) => [text]),
  )('is left as it is: %s', (plan) => {
    expect(outcomes(plan, widenScope)).toEqual([]);
  });

  it.each<[string, string]>([
    ['Stop it for some workers.', '“some” became “all” in “Stop it for some workers.”.'],
    ['Stop it for some of them.', '“some” became “all” in “Stop it for some of them.”.'],
    ['Let at least one worker stop.', '“at least one” became “every” in “Let at least one worker stop.”.'],
    ['Let any of them stop.', '“any of” became “all of” in “Let any of them stop.”.'],
    ['Stop it only for them.', '“only” is gone from “Stop it only for them.”.'],
  ])('is named by what says all and the like: %s', (plan, describes) => {
    expect(widenScope(documentOf(plan))).toMatchObject([
      { operator: 'widen-scope', cues: EVERY, describes, isAbsence: false, section: 0 },
    ]);
  });
});

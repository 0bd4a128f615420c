import { balancedObjects, onlyFence, parseJson, repairJson } from './json-objects.ts';
import { LONGEST_ANSWER, OVERLONG } from './longest-answer.ts';
import type { Rung } from './rungs.ts';

/** Why an answer is not what was asked for; one sentence, fit to be quoted to the agent. */
export type Unreadable = { readonly problem: string };

export const NOT_ASKED_FOR = 'The answer is not the JSON object that was asked for.';

/** The JSON that an answer is, by itself or in one fence; undefined where it is something else. */
export function plainJson(
  text: string,
): { readonly rung: 'json' | 'fence'; readonly value: unknown } | Unreadable | undefined {
  if (text.trim() === '') return { problem: 'The answer is empty.' };
  if (text.length > LONGEST_ANSWER || text === OVERLONG) return { problem: OVERLONG };
  const whole = parseJson(text.replace(/^\ufeff/, ''));
  if (whole) return { rung: 'json', ...whole };
  const fenced = parseJson(onlyFence(text) ?? '');
  return fenced && { rung: 'fence', ...fenced };
}

/** What an answer says, and by which rung of the ladder it could be read. */
export type Framed<T> = { readonly rung: Exclude<Rung, 'prose'>; readonly said: T };

/** Makes a reading of one JSON object, or says in a sentence why it is not the one that was asked for. */
type Frame<T> = (object: Readonly<Record<string, unknown>>) => T | Unreadable;

/**
 * Reads the one object of an answer: the whole text, one fence, or an object cut out of prose or repaired. Several objects
 * that come to different readings are none.
 */
export function readObject<T extends object>(text: string, frame: Frame<T>): Framed<T> | Unreadable {
  const plain = plainJson(text);
  if (!plain) return cutOut(text, frame);
  return 'problem' in plain ? plain : framed(plain.value, plain.rung, frame);
}

function cutOut<T extends object>(text: string, frame: Frame<T>): Framed<T> | Unreadable {
  const readings = balancedObjects(text).flatMap((object): Framed<T>[] => {
    const strict = parseJson(object);
    const loose = strict ?? repairJson(object);
    const reading = loose && framed(loose.value, strict ? 'cut' : 'repaired', frame);
    return reading && 'rung' in reading ? [reading] : [];
  });
  const [first] = readings;
  if (!first) return { problem: NOT_ASKED_FOR };
  return new Set(readings.map(({ said }) => JSON.stringify(said))).size > 1
    ? { problem: 'The answer holds several different objects of the kind that was asked for.' }
    : first;
}

function framed<T extends object>(
  value: unknown,
  rung: Framed<T>['rung'],
  frame: Frame<T>,
): Framed<T> | Unreadable {
  const object = asRecord(value);
  if (!object) return { problem: NOT_ASKED_FOR };
  const said = frame(object);
  return isUnreadable(said) ? said : { rung, said };
}

function isUnreadable(said: object): said is Unreadable {
  return 'problem' in said;
}

/** A JSON value as an object; undefined where it is anything else. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>) // a plain JSON object has string keys
    : undefined;
}

/** A text of an answer, trimmed; empty where it is missing or something else. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** The choice that an answer names, whatever its case and whether it joins words by hyphen, underscore or space. */
export function asChoice<T extends string>(value: unknown, choices: readonly T[]): T | undefined {
  const fold = (word: string): string => word.toLowerCase().replace(/[\s_-]+/g, '-');
  const said = fold(asText(value));
  return choices.find((choice) => fold(choice) === said);
}

/** A value as it may be quoted in a sentence: short, and on one line. */
export function excerptOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'object' && value !== null) return 'no plain value';
  return JSON.stringify(typeof value === 'string' ? value.slice(0, 40) : value);
}

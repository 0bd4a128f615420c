import type { PlanDocument, Words } from './document.ts';
import { pick, type Candidate, type Random } from './mutation.ts';
import { quoted } from './telling.ts';

const UNIT =
  'ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|days?|weeks?|%|percent|[kmg]i?b|bytes?|characters?|chars?|lines?|rows?|files?|items?|requests?|retries|attempts?|times|calls?|workers?|threads?|connections?|entries|tokens|rounds?|users?|tests?|columns?|pixels?|px';
const NUMBER = new RegExp(
  String.raw`(?<![\w.#/:~$,–-]|(?:step|task|phase|lines?|section|issue|pr|table|figure|page|item|version|wave|part|chapter|milestone|round) )(\d{1,7})(?:(?: |-)?(${UNIT})(?![\w/]))?(?![\w:/–-]|[.,]\d)`,
  'gi',
);

type Place = { readonly words: Words; readonly at: number; readonly number: string; readonly key: string };

/** Changes a number in one of the places that give it, so that the plan disagrees with itself. */
export function changeNumber({ plan, texts, codes }: PlanDocument, random: Random): Candidate[] {
  const known = new Set(plan.match(/\d+/g));
  const inText = texts.flatMap(numbersIn);
  const everywhere = [...inText, ...codes.flatMap(numbersIn)];
  return inText.flatMap((place) => {
    const others = everywhere.filter(
      ({ key, words }) => key === place.key && words.block.start !== place.words.block.start,
    );
    const fresh = others.length > 0 ? another(place.number, known, random) : undefined;
    return fresh === undefined ? [] : [changed(place, fresh)];
  });
}

function numbersIn(words: Words): Place[] {
  return [...words.text.matchAll(NUMBER)].flatMap(({ index, 1: number = '', 2: unit }) => {
    const isTelling = unit !== undefined ? Number(number) > 1 : number.length > 1 && !isYear(number);
    const key = `${number} ${(unit ?? '').toLowerCase().replace(/(?<=\w\w)s$/, '')}`;
    return isTelling && !number.startsWith('0') ? [{ words, at: words.start + index, number, key }] : [];
  });
}

function isYear(number: string): boolean {
  return /^(?:19|20)\d\d$/.test(number);
}

/** A number that the plan does not have yet. */
function another(number: string, known: ReadonlySet<string>, random: Random): string | undefined {
  const n = Number(number);
  const fresh = [2 * n, 10 * n, 3 * n, n + 5, Math.floor(n / 2)].map(String);
  return pick(
    fresh.filter((one) => !known.has(one)),
    random,
  );
}

function changed({ words, at, number }: Place, fresh: string): Candidate {
  const { block, section, text, start } = words;
  return {
    operator: 'change-number',
    splices: [{ start: at, end: at + number.length, fresh }],
    block,
    isAbsence: false,
    section,
    cues: [fresh, number],
    describes: `${number} became ${fresh} in ${quoted(text.slice(Math.max(0, at - start - 30), at - start + 50))}, and is ${number} elsewhere.`,
  };
}

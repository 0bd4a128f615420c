import { BROUGHT_IN, FAMILIES } from './families.ts';
import type { Family } from './family.ts';
import type { Parameters } from './parameters.ts';
import { beta, pick, type Random } from './random.ts';
import { fill, THINGS, WHO } from './sentences.ts';

/** A defect that somebody wrote into the plan. It is live as long as its token stands in the text. */
export type Defect = {
  readonly number: number;
  readonly token: string;
  readonly who: string;
  readonly family: Family;
  readonly isBlocking: boolean;
  /** How likely one review reports it. */
  readonly chance: number;
  /** 0: the author's. n: written by the fix of something of generation n - 1. */
  readonly generation: number;
  /** The call, `3/fix-1`, whose edits wrote it; null for the author's. */
  readonly bornIn: string | null;
};

/** The answer key: every defect that was ever written, by number. */
export type Key = { readonly defects: Defect[] };

const TOKEN = /`[a-z]+-(\d{3,})`/g;
const FIRST = 100;

/** Thinks up a defect, and enters it into the key. */
export function addDefect(
  key: Key,
  random: Random,
  { seen }: Parameters,
  about: Pick<Defect, 'isBlocking' | 'generation' | 'bornIn'>,
): Defect {
  const number = key.defects.length;
  const defect: Defect = {
    ...about,
    number,
    token: `${pick(random, THINGS)}-${FIRST + number}`,
    who: pick(random, WHO),
    family: pick(random, about.bornIn === null ? FAMILIES : BROUGHT_IN),
    chance: beta(random, seen),
  };
  key.defects.push(defect);
  return defect;
}

/** The defects whose tokens stand in a text, in order. */
export function liveIn({ defects }: Key, text: string): Defect[] {
  const numbers = [...text.matchAll(TOKEN)].map(([, digits]) => Number(digits) - FIRST);
  return [...new Set(numbers)].flatMap((number) => defects[number] ?? []);
}

/** The sentence that has the defect, in one of its wordings. */
export function defectiveSentence({ family, token, who }: Defect, wording: number): string {
  const { defective } = family;
  return fill(defective[wording % defective.length] ?? '', { it: `\`${token}\``, who });
}

/** The sentence that should stand there instead. */
export function soundForm({ family, token, who }: Defect): string {
  return fill(family.sound, { it: `\`${token}\``, who });
}

import type { Defect } from './key.ts';
import { pick, shuffled, type Random } from './random.ts';
import { fill, WHO } from './sentences.ts';
import type { Sentence } from './text.ts';

/** What a scripted reviewer means by a finding, which nobody but the answer key knows. */
export type Claim = {
  readonly about: Defect | 'false' | 'wording' | 'taste';
  /** What the reviewer calls it. */
  readonly isBlocking: boolean;
  readonly sentence: Sentence;
};

/** Is it a real defect that must be mended? */
export function isRealBlocking({ about }: Pick<Claim, 'about'>): boolean {
  return typeof about === 'object' && about.isBlocking;
}

type Words = {
  readonly title: string;
  readonly body: string;
  readonly instance: string;
  readonly recommendation: string;
  readonly kind: string;
};

/** A claim in words that are different every time. */
export function wordsFor(random: Random, { about, sentence }: Claim): Words {
  if (typeof about === 'object') return wordsForDefect(random, about);
  const noise = NOISE[about];
  const slots = { who: pick(random, WHO), place: sentence.heading };
  return {
    title: fill(pick(random, noise.titles), slots),
    body: body(random, `${pick(random, noise.bodies)} It is line ${sentence.lines.start} that I mean.`),
    instance: fill(
      pick(random, ['Somebody new to the {who} reads it first.', 'Two teams meet over the {who}.']),
      slots,
    ),
    recommendation: noise.recommendation,
    kind: noise.kind,
  };
}

function wordsForDefect(random: Random, { family, token, who }: Defect): Words {
  const slots = { it: `\`${token}\``, who };
  const happens = fill(pick(random, family.happens), slots);
  const costs = pick(random, family.costs);
  return {
    title: fill(pick(random, family.titles), slots),
    body: body(random, `${happens} ${costs}`),
    instance: `At ${pick(random, ['02:14', '09:30', '23:55', '12:00'])}: ${happens}`,
    recommendation: family.recommendation,
    kind: family.kind,
  };
}

function body(random: Random, core: string): string {
  return [...shuffled(random, OPENINGS).slice(0, 1), core, ...shuffled(random, ENDINGS).slice(0, 1)].join(
    ' ',
  );
}

const OPENINGS = [
  'Built as written, this breaks.',
  'Whoever follows the step literally runs into this.',
  'The section leaves that open.',
  'Take the ordinary path of a working day.',
  'I walked through the sequence once.',
  'Nothing else in the plan covers it.',
];

const ENDINGS = [
  'No other step makes up for that.',
  'It shows only under load.',
  'A test would not notice.',
  'Operations would have to repair it by hand.',
  'The plan does not say who decides then.',
  '',
];

const NOISE = {
  false: {
    titles: [
      'The {who} may be unavailable here ({place})',
      'What if the {who} disagrees with {place}',
      'Unclear ownership of the {who} in {place}',
      'Race between the {who} and this step of {place}',
    ],
    bodies: [
      'If both run in the same second, one of them could see an older value.',
      'An operator could read the step as optional and skip it.',
      'The dependency might be slower than assumed on a bad day.',
    ],
    recommendation: 'Add what happens then.',
    kind: 'missing-case',
  },
  wording: {
    titles: [
      'The sentence on the {who} could be clearer ({place})',
      '{place} uses two words for the {who}',
      'Passive voice hides the {who} in {place}',
      'Reads awkwardly in {place}, next to the {who}',
    ],
    bodies: [
      'A reader has to go over it twice.',
      'The term was introduced differently above.',
      'It would be easier to follow as a list.',
    ],
    recommendation: 'Say it in other words.',
    kind: 'prose',
  },
  taste: {
    titles: [
      'Times should be shown in the other zone',
      'Whose time zone is shown will confuse people',
      'The chosen zone for display is the wrong one',
    ],
    bodies: [
      'People of one company compare notes across zones.',
      'People travel, and read times where they are.',
    ],
    recommendation: 'Show them in the other zone.',
    kind: 'ambiguity',
  },
} as const;

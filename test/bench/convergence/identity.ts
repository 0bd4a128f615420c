import type { FactOf } from '../../../src/core/fact.ts';
import type { Ledger } from '../../../src/core/ledger/entry.ts';
import { lineMapOf } from '../../../src/core/ledger/hunks.ts';
import { addressFindings, enter } from '../../../src/core/ledger/record.ts';
import { placeFindings } from '../../../src/core/place-findings.ts';
import { readReview } from '../../../src/core/reading.ts';
import { findingOf, sentenceOf } from './reviewer.ts';
import { liveIn, type Defect } from './key.ts';
import { BASE, type Parameters } from './parameters.ts';
import { fixture, written, type Fixture, type Outline } from './plan.ts';
import { pick, randomFrom, shuffled, type Random } from './random.ts';
import { soundSentence } from './sentences.ts';
import { sentencesOf, type Layout } from './text.ts';

/** What somebody else does to a plan between two reviews of it. */
export type Change = (fixture: Fixture, random: Random) => string;

/** How far the same defects kept their ids, and different ones different ids. */
export type Identity = {
  /** Defects that both reviews raised, and those that had one id in both. */
  readonly raisedAgain: number;
  readonly sameId: number;
  /** Ids of the second review that the first one had given to another defect. */
  readonly mistaken: number;
};

/**
 * Two reviewers who see every defect look at a plan, each in words of their own, before and after a change: does the ledger
 * know the findings of the second again?
 */
export function identity(seed: number, change: Change, parameters: Partial<Parameters> = {}): Identity {
  const given = { ...BASE, ...parameters };
  const plan = fixture(seed, given);
  const after = change(plan, randomFrom(`change ${seed}`));
  const first = look(plan.text, plan, given, {
    ledger: new Map(),
    random: randomFrom(`first ${seed}`),
    round: 1,
  });
  const moved = carried(first.ledger, plan.text, after);
  const second = look(after, plan, given, { ledger: moved, random: randomFrom(`second ${seed}`), round: 2 });
  const again = [...second.ids].filter(([defect]) => first.ids.has(defect));
  const owners = new Map([...first.ids].map(([defect, id]) => [id, defect]));
  return {
    raisedAgain: again.length,
    sameId: again.filter(([defect, id]) => first.ids.get(defect) === id).length,
    mistaken: again.filter(([defect, id]) => owners.has(id) && owners.get(id) !== defect).length,
  };
}

type Looking = { readonly ledger: Ledger; readonly random: Random; readonly round: number };

function look(
  text: string,
  plan: Fixture,
  parameters: Parameters,
  { ledger, random, round }: Looking,
): { ids: Map<Defect, string>; ledger: Ledger } {
  const sentences = sentencesOf(text);
  const seen = shuffled(random, liveIn(plan.key, text)).flatMap((defect) => {
    const sentence = sentenceOf(defect, sentences);
    return sentence ? [{ about: defect, isBlocking: defect.isBlocking, sentence }] : [];
  });
  const findings = seen.map((claim) => ({
    ...findingOf({ claims: new Map(), parameters }, random, claim),
    confidence: 0.8,
  }));
  const reading = readReview(
    JSON.stringify({ verdict: 'needs-attention', summary: '', findings, next_steps: [] }),
  );
  if ('problem' in reading) throw new Error(reading.problem);
  const placed = placeFindings(reading.findings, {
    plan: text,
    births: [],
    ledger,
    floor: 0,
    round,
    dismissed: [],
  });
  const next = new Map(ledger);
  for (const finding of placed) next.set(finding.id, enter(next.get(finding.id), finding, [round]));
  return { ids: new Map(seen.map(({ about }, index) => [about, placed[index]?.id ?? ''])), ledger: next };
}

/** The ledger with every place moved along with its text, as after a fix that was written. */
function carried(ledger: Ledger, before: string, after: string): Ledger {
  const { hunks, moves } = lineMapOf(before, after);
  const fact = {
    ...NOTHING,
    hunks: hunks.map(([a, b, c, d]): Four => [a, b, c, d]),
    moves: moves.map(([a, b, c]): Three => [a, b, c]),
  };
  return addressFindings(ledger, fact);
}

type Four = [number, number, number, number];
type Three = [number, number, number];

const NOTHING: FactOf<'edits.applied'> = {
  type: 'edits.applied',
  round: 1,
  sha256_before: '',
  sha256_after: '',
  growth: 0,
  findings: [],
  reverted: [],
  edits: [],
  hunks: [],
  moves: [],
  changes: [],
  state_before: '',
  state_after: '',
};

/** Changes that leave every defect as it is, though not where it is. */
export const CHANGES: Readonly<Record<string, Change>> = {
  reworded: ({ text }) => text,
  rewrapped: ({ outline, layout }, random) => written(outline, pick(random, OTHERS[layout])),
  inserted: ({ outline, layout }, random) => written(withInserted(outline, random), layout),
  deleted: (plan, random) => written(withDeleted(plan, random), plan.layout),
  moved: ({ outline, layout }, random) =>
    written({ ...outline, sections: shuffled(random, outline.sections) }, layout),
  everything: (plan, random) => {
    const shorter = { ...plan, outline: withDeleted(plan, random) };
    const { sections, title } = withInserted(shorter.outline, random);
    return written({ title, sections: shuffled(random, sections) }, pick(random, OTHERS[plan.layout]));
  },
};

const OTHERS: Readonly<Record<Layout, readonly Layout[]>> = {
  sentences: ['columns', 'paragraphs'],
  columns: ['sentences', 'paragraphs'],
  paragraphs: ['sentences', 'columns'],
};

function withInserted({ title, sections }: Outline, random: Random): Outline {
  const fresh = (): readonly string[] => [
    soundSentence(random, () => false),
    soundSentence(random, () => false),
  ];
  return {
    title,
    sections: sections.map((section) => ({
      ...section,
      blocks: section.blocks.flatMap((block) => (random() < 0.3 ? [fresh(), block] : [block])),
    })),
  };
}

function withDeleted({ outline: { title, sections } }: Fixture, random: Random): Outline {
  const isSound = (block: readonly string[]): boolean => block.every((sentence) => !sentence.includes('`'));
  return {
    title,
    sections: sections.map((section) => ({
      ...section,
      blocks: section.blocks.filter((block) => !isSound(block) || random() < 0.7),
    })),
  };
}

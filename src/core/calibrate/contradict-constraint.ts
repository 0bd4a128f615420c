import type { PlanDocument, Steps } from './document.ts';
import { pick, type Candidate, type Random } from './mutation.ts';
import { sentencesOf, type Sentence } from './sentences.ts';
import { quoted, tellingWords } from './telling.ts';

const CLASH = ['contradict', 'conflict', 'violat', 'inconsisten', 'against', 'forbid', 'oppos'];

/** Constraints, and what says the contrary; the first that fits is taken. */
const CONTRARIES: readonly (readonly [RegExp, string])[] = [
  [/\b(must|should|may|shall|will|can) (?:not|never)\b/i, '$1'],
  [/\bcannot\b/i, 'can'],
  [/^(?:do not|don['’]t|never) ([a-z])/i, '$1'],
  [/\b(?:do not|don['’]t|never) /i, ''],
  [/\b(?:does not|doesn['’]t) (?=change|touch|modify|break|affect)/i, 'also may '],
  [/\balways\b/i, 'never'],
  [/\bmust\b/i, '$& not'],
];

/** How long a constraint is, in UTF-16 units: long enough to say something, short enough to be one step. */
const LENGTH = { least: 25, most: 220 };

/** Adds a step to another section that does what a constraint of the plan forbids. */
export function contradictConstraint(document: PlanDocument, random: Random): Candidate[] {
  return document.paragraphs.flatMap((paragraph) => {
    return sentencesOf(paragraph).flatMap((sentence) => {
      const contrary = contraryOf(sentence.text);
      const elsewhere = document.lists.filter(
        ({ section, items }) => section !== paragraph.section && items.length > 1 && !items.at(-1)?.isHeavy,
      );
      const list = contrary === undefined ? undefined : pick(elsewhere, random);
      return list && contrary !== undefined ? added(document.plan, { list, sentence, contrary }) : [];
    });
  });
}

function contraryOf(text: string): string | undefined {
  if (text.length < LENGTH.least || text.length > LENGTH.most || /\n|\*\*|:$/.test(text)) return undefined;
  const turn = CONTRARIES.find(([from]) => from.test(text));
  const contrary = turn && text.replace(...turn);
  return contrary === undefined ? undefined : contrary.charAt(0).toUpperCase() + contrary.slice(1);
}

function added(
  plan: string,
  { list, sentence, contrary }: { list: Steps; sentence: Sentence; contrary: string },
): Candidate[] {
  const cues = [...CLASH, ...tellingWords(sentence.text)];
  const [last, previous] = [list.items.at(-1), list.items.at(-2)];
  if (!last || !previous) return [];
  const lineStart = plan.lastIndexOf('\n', last.start - 1) + 1;
  const marker = plan.slice(lineStart, last.content.start);
  if (!/^[ \t]*(?:[-*+]|\d+[.)])[ \t]+$/.test(marker)) return [];
  const next = marker.replace(/\d+/, (number) => String(Number(number) + 1));
  const gap = plan.slice(previous.end, last.start).replace(/[ \t]+$/, '');
  return [
    {
      operator: 'contradict-constraint',
      splices: [{ start: last.end, end: last.end, fresh: `${gap}${next}${contrary}` }],
      block: { start: last.end, end: last.end },
      isAbsence: false,
      section: list.section,
      cues,
      describes: `${quoted(contrary)} was added, against ${quoted(sentence.text)}.`,
    },
  ];
}

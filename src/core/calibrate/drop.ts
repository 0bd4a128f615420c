import type { Item, Paragraph, PlanDocument, Steps } from './document.ts';
import type { Candidate, Operator } from './mutation.ts';
import { sentencesOf } from './sentences.ts';
import type { Splice } from './splice.ts';
import { quoted, tellingWords } from './telling.ts';

const ROLLBACK =
  /\b(?:roll(?:s|ed|ing)?[ -]?back|revert|undo|restor|clean(?:s|ed|ing)?[ -]?up|tear(?:s|ing)?[ -]?down|back(?:s|ed|ing)?[ -]?up\b|downgrad|uninstall)/i;
const ROLLBACK_CUES = [
  'rollback',
  'roll',
  'revert',
  'undo',
  'restor',
  'clean',
  'tear',
  'backup',
  'back up',
  'downgrad',
  'uninstall',
];
const ACCEPTANCE = /accept|criteri|definition of done|done when|verif|success|test plan|\btests?\b|\bexit\b/i;
const ERROR =
  /\b(?:error|fail|time[sd]?[ -]?out|unavailable|invalid|malformed|missing|crash|exception|conflict|denie[ds]|reject|abort|unreachable|not found|corrupt|retr(?:y|ies)|panic|refuse)/i;

/** A longer item holds more than one thing. */
const LONGEST = 600;

/** Leaves out a step, or a sentence, that says how something is undone or cleaned up. */
export function dropRollback(document: PlanDocument): Candidate[] {
  return [
    ...droppedItems(document, 'drop-rollback', (text) => ROLLBACK.test(text)),
    ...droppedSentences(document, 'drop-rollback', (text) => ROLLBACK.test(text)),
  ].map((candidate) => ({ ...candidate, cues: ROLLBACK_CUES }));
}

/** Leaves out one of several criteria by which the work is accepted. */
export function dropAcceptance(document: PlanDocument): Candidate[] {
  const isCriterion = (_: string, { section, label }: Steps): boolean =>
    ACCEPTANCE.test(label) || ACCEPTANCE.test(document.sections[section]?.title ?? '');
  return droppedItems(document, 'drop-acceptance', isCriterion);
}

/** Leaves out an item, or a sentence, that says what happens when something goes wrong. */
export function dropErrorPath(document: PlanDocument): Candidate[] {
  return [
    ...droppedItems(document, 'drop-error-path', (text) => ERROR.test(text)),
    ...droppedSentences(document, 'drop-error-path', (text) => ERROR.test(text)),
  ];
}

function droppedItems(
  { plan, lists }: PlanDocument,
  operator: Operator,
  isMeant: (text: string, list: Steps) => boolean,
): Candidate[] {
  return lists.flatMap((list) =>
    list.items.flatMap((item, index) => {
      const mayGo = !item.isHeavy && item.text.length <= LONGEST && list.items.length > 1;
      return mayGo && isMeant(item.text, list)
        ? without(operator, item.text, {
            splices: removal(plan, list, index),
            block: item,
            section: list.section,
          })
        : [];
    }),
  );
}

function droppedSentences(
  { paragraphs }: PlanDocument,
  operator: Operator,
  isMeant: (text: string) => boolean,
): Candidate[] {
  return paragraphs.flatMap((paragraph) => {
    const sentences = sentencesOf(paragraph);
    return sentences.slice(1).flatMap((sentence, index) => {
      const previous = sentences[index];
      if (!isMeant(sentence.text) || previous?.next !== sentence.start) return [];
      const splices = [{ start: previous.end, end: sentence.end, fresh: '' }];
      return without(operator, sentence.text, { splices, block: paragraph, section: paragraph.section });
    });
  });
}

function without(
  operator: Operator,
  text: string,
  { splices, block, section }: { splices: readonly Splice[]; block: Item | Paragraph; section: number },
): Candidate[] {
  const cues = tellingWords(text);
  if (cues.length === 0) return [];
  const { start, end } = block;
  const describes = `${quoted(text)} is missing.`;
  return [{ operator, splices, block: { start, end }, isAbsence: true, section, cues, describes }];
}

/** Takes an item out, and numbers those below it anew where they were numbered one by one. */
function removal(plan: string, { items, isOrdered }: Steps, index: number): Splice[] {
  const [item, previous, next] = [items[index], items[index - 1], items[index + 1]];
  if (!item) return [];
  const gap = next
    ? { start: item.start, end: next.start }
    : { start: previous?.end ?? item.start, end: item.end };
  const numberOf = ({ start }: Item): string => /^\d+/.exec(plan.slice(start, start + 12))?.[0] ?? '';
  const first = Number(numberOf(items[0] ?? item));
  const below = items.flatMap((other, nth) => {
    const number = numberOf(other);
    return isOrdered && nth > index && Number(number) === first + nth
      ? [{ start: other.start, end: other.start + number.length, fresh: String(first + nth - 1) }]
      : [];
  });
  return [{ ...gap, fresh: '' }, ...below];
}

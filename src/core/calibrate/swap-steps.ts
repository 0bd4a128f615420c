import type { Item, PlanDocument, Steps } from './document.ts';
import type { Candidate } from './mutation.ts';
import { quoted, tellingWords } from './telling.ts';

const CUES = [
  'order',
  'sequence',
  'before',
  'after',
  'precede',
  'depend',
  'prerequisite',
  'earlier',
  'later',
  'swap',
  'yet',
];

/** `Step 3:` and a check box stay where they are. */
const LABEL = /^(?:\[[ xX]\][ \t]+)?(?:\*\*)?(?:(?:step|task|phase)[ \t]+\d+[.:)]?[ \t]*)?/i;

/** Steps that go on from what was done before. */
const GOES_ON = /^(?:then|next|after|once|when|finally|now)\b/i;

/** Headings and labels of lists whose order matters; many numbered lists only count. */
const IS_PROCEDURE =
  /step|order|sequence|procedure|flow|roll-?out|migrat|phase|process|how|implement|deploy|algorithm|install|set-?up|build|run|task/i;

/** Lets two adjacent steps of a list change places, where the second one has something to do with the first. */
export function swapSteps({ plan, lists, sections }: PlanDocument): Candidate[] {
  return lists.flatMap((list) =>
    list.items.slice(1).flatMap((second, index) => {
      const first = list.items[index];
      const isProcedure = IS_PROCEDURE.test(`${sections[list.section]?.title} ${list.label}`);
      const matters = isProcedure || GOES_ON.test(second.text);
      return first && matters && isSequence(list, first, second) && mayChange(plan, first, second)
        ? [swap(list, bare(first), bare(second))]
        : [];
    }),
  );
}

function isSequence({ isOrdered }: Steps, first: Item, second: Item): boolean {
  const isNumbered = ({ text }: Item): boolean => /\d/.test(LABEL.exec(text)?.[0] ?? '');
  return isOrdered || (isNumbered(first) && isNumbered(second));
}

function mayChange(plan: string, first: Item, second: Item): boolean {
  if (first.isHeavy || second.isHeavy || column(plan, first) !== column(plan, second)) return false;
  const [one, other] = [bare(first).text, bare(second).text];
  const known = tellingWords(one);
  return one !== other && (GOES_ON.test(other) || tellingWords(other).some((word) => known.includes(word)));
}

function column(plan: string, { content: { start } }: Item): number {
  return start - plan.lastIndexOf('\n', start - 1);
}

function bare(item: Item): Item {
  const label = LABEL.exec(item.text)?.[0].length ?? 0;
  return {
    ...item,
    content: { ...item.content, start: item.content.start + label },
    text: item.text.slice(label),
  };
}

function swap({ section }: Steps, first: Item, second: Item): Candidate {
  return {
    operator: 'swap-steps',
    splices: [
      { ...first.content, fresh: second.text },
      { ...second.content, fresh: first.text },
    ],
    block: { start: first.start, end: second.end },
    isAbsence: false,
    section,
    cues: CUES,
    describes: `The steps ${quoted(first.text)} and ${quoted(second.text)} have changed places.`,
  };
}

import type { PlanDocument, Words } from './document.ts';
import type { Candidate, Operator } from './mutation.ts';
import { quoted } from './telling.ts';

/** A word, where it means what it says, and what it becomes. */
type Turn = { readonly from: RegExp; readonly to: string; readonly cues: readonly string[] };

const OPPOSITE = ['contradict', 'invert', 'revers', 'opposite', 'backward', 'wrong way', 'negat'];
const TIME = ['before', 'after', 'order', 'sequence', ...OPPOSITE];
const CONDITION = ['unless', 'condition', 'only if', ...OPPOSITE];

const CONDITIONS: readonly Turn[] = [
  {
    from: /(?<![-\w]|and |or |immediately )before(?= +(?!and\b|or\b|all\b)[\w`*])/gi,
    to: 'after',
    cues: TIME,
  },
  {
    from: /(?<![-\w]|and |or |look |looks |looking )after(?= +(?!and\b|or\b|all\b)[\w`*])/gi,
    to: 'before',
    cues: TIME,
  },
  { from: /\bunless(?= +[\w`*])/gi, to: 'if', cues: CONDITION },
  {
    from: /(?<![-\w]|as |even |what |only |and |or |see |check |checks |verify |determine |know |ask |decide )if(?= +(?!any\b|needed|necessary|possible|not\b|so\b|you\b|else)[\w`*])/gi,
    to: 'unless',
    cues: CONDITION,
  },
];

const EVERY = ['all', 'every', 'scope', 'too broad', 'only', 'widen', 'overly', 'restrict'];

const SCOPES: readonly Turn[] = [
  {
    from: /\b(?:some|most|several|certain|selected|many|a few)(?= +(?!of\b|other\b|more\b|things?\b)[a-z`*])/gi,
    to: 'all',
    cues: EVERY,
  },
  { from: /\b(?:some|most|several|many|a few)(?= +of\b)/gi, to: 'all', cues: EVERY },
  { from: /\bat least one(?= +[a-z`*])/gi, to: 'every', cues: EVERY },
  { from: /\bany of(?= +[a-z`*])/gi, to: 'all of', cues: EVERY },
  {
    from: /(?<![-\w]|not |if |read |the |is )only (?=(?:for|on|in|when|if|to|by|after|one|those|from|at|with|via|the)\b)/g,
    to: '',
    cues: EVERY,
  },
];

/** Turns a condition round: before and after, if and unless. */
export function invertCondition(document: PlanDocument): Candidate[] {
  return turned(document, 'invert-condition', CONDITIONS);
}

/** Widens what something applies to: some becomes all. */
export function widenScope(document: PlanDocument): Candidate[] {
  return turned(document, 'widen-scope', SCOPES);
}

function turned({ texts }: PlanDocument, operator: Operator, turns: readonly Turn[]): Candidate[] {
  return texts.flatMap((words) =>
    turns.flatMap((turn) =>
      [...words.text.matchAll(turn.from)].flatMap((match) => turnOne(operator, words, turn, match)),
    ),
  );
}

/** In fewer words than this, a condition is a label. */
const FEWEST_WORDS = 5;

function turnOne(
  operator: Operator,
  { start, text, block, section }: Words,
  { to, cues }: Turn,
  { 0: word, index }: RegExpExecArray,
): Candidate[] {
  if (text.split(/\s+/).length < FEWEST_WORDS) return [];
  const fresh = asWritten(word, to);
  const at = start + index;
  const around = text.slice(Math.max(0, index - 30), index + 50);
  return [
    {
      operator,
      splices: [{ start: at, end: at + word.length, fresh }],
      block,
      isAbsence: false,
      section,
      cues,
      describes: `${quoted(word)} ${fresh === '' ? 'is gone from' : `became ${quoted(fresh)} in`} ${quoted(around)}.`,
    },
  ];
}

/** A word in the case of the one it replaces. */
function asWritten(word: string, fresh: string): string {
  if (word.length > 2 && word === word.toUpperCase()) return fresh.toUpperCase();
  return /^\p{Lu}/u.test(word) ? fresh.charAt(0).toUpperCase() + fresh.slice(1) : fresh;
}

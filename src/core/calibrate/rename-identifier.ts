import type { PlanDocument, Words } from './document.ts';
import { pick, type Candidate, type Random } from './mutation.ts';

/** A name as programs have them: at least four characters, and something that plain words do not have. */
const NAME = /^[A-Za-z_@.~][\w./@-]*(?:\(\))?$/;
const IS_CODE = /[_./()-]|[a-z][A-Z]|\d/;

/** What stands before the last part of a name, that part, and what is behind it. */
const FILE =
  /^(.*\/)?(\.?[^/()]+)(\.(?:[cm]?[jt]sx?|py|go|rs|md|json|ya?ml|toml|sh|sql|html|css|txt|java|rb|cpp|cs|php|cfg|ini|xml))$/;
const DOTTED = /^(.*[/.])?([^./()]+)(\(\))?$/;

const TWINS: readonly (readonly [string, string])[] = [
  ['id', 'key'],
  ['count', 'total'],
  ['max', 'limit'],
  ['get', 'fetch'],
  ['create', 'make'],
  ['user', 'account'],
  ['name', 'title'],
  ['file', 'path'],
  ['config', 'settings'],
  ['state', 'status'],
  ['run', 'execute'],
  ['delete', 'remove'],
  ['error', 'failure'],
  ['start', 'begin'],
  ['list', 'items'],
];

/** Calls something by another name in one of the places that name it, and not in the first. */
export function renameIdentifier({ plan, codes }: PlanDocument, random: Random): Candidate[] {
  return codes.flatMap((words) => {
    const { text, block } = words;
    if (text.length < 4 || !NAME.test(text) || !IS_CODE.test(text)) return [];
    const others = codes.filter((other) => other.text === text && other.block.start !== block.start);
    const isFirst = others.every((other) => other.start > words.start);
    const fresh = isFirst ? undefined : another(text, plan, random);
    return fresh === undefined ? [] : [renamed(words, fresh)];
  });
}

/** A name near to it that the plan does not have: a part's twin, its parts the other way round, or its plural. */
function another(name: string, plan: string, random: Random): string | undefined {
  const [, folder = '', stem = '', rest = ''] = FILE.exec(name) ?? DOTTED.exec(name) ?? [];
  const twins = TWINS.flatMap(([a, b]) => [replaced(stem, a, b), replaced(stem, b, a)]);
  const plural = /s$/i.test(stem) ? stem.slice(0, -1) : `${stem}s`;
  const parts = /^([a-z]+)([_-])([a-z]+)$/i.exec(stem);
  const turned = parts ? `${parts[3]}${parts[2]}${parts[1]}` : stem;
  const names = [...twins, turned, plural].filter((fresh) => fresh.length > 1);
  return pick(
    names.map((fresh) => `${folder}${fresh}${rest}`).filter((fresh) => !plan.includes(fresh)),
    random,
  );
}

/** A part of a name, as a word of its own: in snake, kebab or camel case. */
function replaced(stem: string, from: string, to: string): string {
  const upper = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  return stem
    .replace(new RegExp(`(?<![a-z])${from}(?![a-z])`), to)
    .replace(new RegExp(`(?<=[a-z])${upper(from)}(?![a-z])`), upper(to));
}

function renamed({ start, end, text, block, section }: Words, fresh: string): Candidate {
  return {
    operator: 'rename-identifier',
    splices: [{ start, end, fresh }],
    block,
    isAbsence: false,
    section,
    cues: [fresh],
    describes: `\`${text}\` is called \`${fresh}\` here, and \`${text}\` elsewhere.`,
  };
}

import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { shellWord } from '../lib/shell-word.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import { LARGEST_PLAN, unfitAsPlan } from '../core/plan-text.ts';
import { planProblem, planTooLarge } from '../errors/cli.ts';
import { digest } from '../store/plan-file.ts';
import { slugOf } from '../store/run-directory.ts';

/** A plan that can be worked on: its real path, exact text, and short name. */
export type FoundPlan = {
  readonly path: string;
  readonly text: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly slug: string;
  readonly shown: string;
};

/** Reads the plan a user named. A symlink is followed; what is no text file is refused with what to do. */
export async function readPlanAt(named: string, cwd: string): Promise<FoundPlan> {
  const hint = 'Name a markdown file: refine-plan docs/plans/your-plan.md';
  const given = resolve(cwd, named);
  const path = await realpath(given).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ELOOP') throw planProblem('plan_unreadable', named, 'is a symlink to itself', hint);
    const other = /^\w+$/.test(named) ? ' - or see every command with: refine-plan --help' : '';
    throw planProblem('plan_missing', named, 'does not exist', hint + other);
  });
  const about = await stat(path);
  if (about.isDirectory())
    throw planProblem(
      'plan_is_directory',
      named,
      'is a directory',
      `Name one plan in it: refine-plan ${shellWord(`${named.replace(/\/+$/, '')}/your-plan.md`)}`,
    );
  if (path.endsWith('.dismissed.json'))
    throw planProblem(
      'plan_is_none',
      named,
      'keeps what was dismissed of a plan, and is none itself',
      `Name the plan: refine-plan ${shellWord(named.replace(/\.dismissed\.json$/, ''))}`,
    );
  if (!about.isFile()) throw planProblem('plan_unreadable', named, 'is not a regular file', hint);
  if (about.size > LARGEST_PLAN)
    throw planTooLarge(named, `${about.size} bytes`, `a plan may have ${LARGEST_PLAN}`);

  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw planProblem(
      'plan_unreadable',
      named,
      `cannot be read (${error.code ?? error.message})`,
      `Make it readable: chmod u+r ${shellWord(named)}`,
    );
  });
  const text = textOf(bytes, named);
  if (unfitAsPlan(text) === 'blank')
    throw planProblem(
      'plan_empty',
      named,
      'is empty',
      'Write the plan first; there is nothing to review yet.',
    );
  return { path, text, sha256: digest(bytes), bytes: bytes.length, slug: slugOf(path), shown: named };
}

/** The text of a plan, or what is in the way of reading it as text. */
function textOf(bytes: Buffer, named: string): string {
  const isUtf16 = ['fffe', 'feff'].includes(bytes.subarray(0, 2).toString('hex'));
  const nul = bytes.indexOf(0);
  if (nul !== -1 && !isUtf16) {
    const line = bytes.subarray(0, nul).toString('latin1').split('\n').length;
    throw planProblem(
      'plan_binary',
      named,
      `is a binary file: there is a NUL byte in line ${line}`,
      'Name a markdown file, or take that byte out.',
    );
  }
  const text = isUtf16 ? null : decodeUtf8(bytes);
  if (text !== null) return text;
  const from = isUtf16 ? 'UTF-16' : 'WINDOWS-1252';
  throw planProblem(
    'plan_not_utf8',
    named,
    'is not UTF-8 text',
    `Convert it: iconv -f ${from} -t UTF-8 ${shellWord(named)} > plan.md`,
  );
}

/** A path as it stands in a repository; just its name where it is outside. */
export function relativeTo(root: string, path: string): string {
  const below = relative(root, path);
  return below === '' || below.startsWith('..') || isAbsolute(below)
    ? basename(path)
    : below.split(sep).join('/');
}

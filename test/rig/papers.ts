import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodesIn, offsetsOf, parseMarkdown } from '../../src/core/markdown.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Every paper that tells of commands, from the root of the repository. The changelog and the decisions tell of the past. */
export function papers(): string[] {
  const docs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  return [
    'README.md',
    'AGENTS.md',
    ...docs.filter((name) => name !== 'changelog.md').map((name) => `docs/${name}`),
    'references/README.md',
    'references/orchestration.md',
    'references/plugin/README.md',
    'references/plugin/skills/refine-plan-against-codex/SKILL.md',
  ];
}

/** What somebody is told to type: a block for a shell, or a command within a sentence or within other text. */
export type Typed = { readonly where: string; readonly text: string; readonly shell: 'sh' | 'bash' };

const COMMAND = /^(?:[A-Z_]+=\S+ )*(?:refine-plan|npx|npm|node) ./;

/** What a paper tells somebody to type. A block without a fence is for a shell; in one for something else single lines may be. */
export function typedIn(paper: string, markdown: string): Typed[] {
  return [...nodesIn(parseMarkdown(markdown))].flatMap((node): Typed[] => {
    const typed = (text: string, shell: Typed['shell'] = 'bash'): Typed[] => [
      { where: `${paper}:${node.position?.start.line}`, text, shell },
    ];
    if (node.type === 'inlineCode')
      return COMMAND.test(node.value) ? typed(node.value.replaceAll('\n', ' ')) : [];
    if (node.type !== 'code') return [];
    const isFenced = /[`~]/.test(markdown.charAt(offsetsOf(node).start));
    if (!isFenced || node.lang === 'bash') return typed(node.value);
    if (node.lang === 'sh') return typed(node.value, 'sh');
    const lines = node.value.split('\n').map((line) => line.replace(/^\s*(?:\$ |- |run: )*/, ''));
    return lines.filter((line) => COMMAND.test(line)).flatMap((line) => typed(line));
  });
}

/** A command as a shell starts it: its words, and the variables of ours that are set for it. */
export type Started = { readonly env: Readonly<Record<string, string>>; readonly words: readonly string[] };

/** No program is on this PATH: whatever the shell would start is told instead, and ends with this code. */
const TELL = `command_not_found_handle() {
  local name sets=()
  for name in "\${!REFINE_PLAN_@}"; do sets+=("$name=\${!name}"); done
  set -- "$INDEX" "\${#sets[@]}" "\${sets[@]}" "$#" "$@"
  printf '%s\\0' "\${@//$'\\n'/$'\\035'}" >&9
  return "$CODE"
}
for TEXT in "$@"; do
  [[ -z $TEXT ]] || (eval "$TEXT")
  INDEX=$((INDEX + 1))
done`;

/** For each text, the commands that bash would start of it: where those before succeed, leave something or are interrupted. */
export function startedBy(texts: readonly string[]): Started[][] {
  const branching = texts.map((text) => (/[\n;&|]/.test(text) ? text : ''));
  const told = [startings(texts, '0'), startings(branching, '1'), startings(branching, '130')].flatMap(
    toldIn,
  );
  return texts.map((_, index) => distinct(told.filter((one) => one.index === index)));
}

function startings(texts: readonly string[], code: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'refine-plan-papers-'));
  const { output } = spawnSync('/bin/bash', ['--norc', '--noprofile', '-c', TELL, 'bash', ...texts], {
    cwd: dir,
    env: { PATH: '/nowhere', LC_ALL: 'C.UTF-8', CODE: code, INDEX: '0' },
    encoding: 'utf8',
    stdio: [...Array<'ignore'>(9).fill('ignore'), 'pipe'],
  });
  rmSync(dir, { recursive: true });
  return output[9] ?? '';
}

function toldIn(output: string): (Started & { readonly index: number })[] {
  const parts = output.split('\0').map((part) => part.replaceAll('\u001d', '\n'));
  const take = (): string[] => parts.splice(0, Number(parts.shift()));
  const told: (Started & { index: number })[] = [];
  while (parts.length > 1) {
    const index = Number(parts.shift());
    const sets = take().map((set): [string, string] => [
      set.slice(0, set.indexOf('=')),
      set.slice(set.indexOf('=') + 1),
    ]);
    told.push({ index, env: Object.fromEntries(sets), words: take() });
  }
  return told;
}

/** The same commands, each once. */
export function distinct(commands: readonly Started[]): Started[] {
  return [
    ...new Map(commands.map(({ env, words }) => [JSON.stringify([env, words]), { env, words }])).values(),
  ];
}

import { configKey, envName, flagOf, OPTIONS, type OptionSpec } from '../../src/cli/option-table.ts';

const [BEGIN, END] = ['<!-- settings: written by npm run generate -->', '<!-- end of settings -->'];

/** A page with the table of all settings between its two marks, as the option table has them. */
export function withConfigTable(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`The marks ${BEGIN} and ${END} are not there.`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${configTable()}\n\n${page.slice(end)}`;
}

function configTable(): string {
  const rows = OPTIONS.map((option) => [
    flagsOf(option),
    variablesOf(option),
    `\`${configKey(option.name)}\``,
    defaultOf(option),
    allowedIn(option),
    cell(option.help.replace(DEFAULT, '')),
  ]);
  const head = ['flag', 'variable', 'key', 'default', 'allowed', 'meaning'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function flagsOf({ name, kind }: OptionSpec): string {
  return kind === 'boolean' ? `\`${flagOf(name)}\`, \`--no-${name}\`` : `\`${flagOf(name)}\``;
}

function variablesOf({ name }: OptionSpec): string {
  return name === 'plan-glob' ? `\`${envName(name)}\`, \`PLAN_GLOB\`` : `\`${envName(name)}\``;
}

/** What the help says in brackets, where the default is no plain value. */
const DEFAULT = / \(default: ([^)]*)\)$/;

function defaultOf({ default: value, group, choices, help }: OptionSpec): string {
  const said = DEFAULT.exec(help)?.[1];
  if (value !== null || said !== undefined) return cell(value ?? said ?? '');
  return group === 'Policies' && choices ? 'ask' : 'none';
}

function allowedIn({ kind, choices = [], min, max, arg }: OptionSpec): string {
  switch (kind) {
    case 'boolean':
      return 'true, false, 1, 0';
    case 'integer':
    case 'float':
      return max === undefined ? `from ${min ?? 0}` : `${min ?? 0} to ${max}`;
    case 'duration':
      return 'a duration';
    case 'enum':
      return choices.join(', ');
    case 'agent':
      return ['an agent', ...choices].join(', ');
    case 'agents':
      return 'an agent; several';
    case 'list':
      return `\`${(arg ?? '').replaceAll('"', '')}\`; several`;
    case 'reports':
      return 'files ([endings](reports.md)); several';
    case 'names':
      return 'names of variables; several';
    case 'text':
      return arg === 'DIR' ? 'a directory' : arg === 'GLOB' ? 'a glob' : 'a text';
  }
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '\\<').replaceAll('*', '\\*');
}

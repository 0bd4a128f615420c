import { configKey, OPTIONS, type OptionSpec } from '../option-table.ts';

/** Settings that a repository may not make for whoever clones it. */
const NOT_HERE: ReadonlySet<string> = new Set([
  'agent-config',
  'pass-env',
  'notify-command',
  'report',
  'state-root',
  'unattended',
]);

/**
 * A config file for a repository: every setting that it may make, with what it means. Those in `set` hold; the others are
 * commented out, with their default or, where there is none, an example.
 */
export function configText(set: ReadonlyMap<string, string>): string {
  const groups = new Map<string, OptionSpec[]>();
  for (const option of OPTIONS)
    if (!NOT_HERE.has(option.name)) groups.set(option.group, [...(groups.get(option.group) ?? []), option]);
  const parts = [...groups].map(([group, options]) =>
    [`  // ${group}`, ...options.flatMap((option) => linesOf(option, set.get(option.name)))].join('\n'),
  );
  return `${HEAD}{\n${parts.join('\n\n')}\n}\n`;
}

const HEAD = `// Settings of refine-plan for this repository. A line that is commented out shows the default, or an example.
// What is in force, and where it comes from: refine-plan config show
`;

function linesOf(option: OptionSpec, value: string | undefined): string[] {
  const { name, help, choices = [], kind } = option;
  const about = choices.length > 0 && kind === 'enum' ? `${help}: ${choices.join(', ')}` : help;
  const line = `"${configKey(name)}": ${JSON.stringify(value ?? exampleOf(option))},`;
  return ['', `  // ${about}`, value === undefined ? `  // ${line}` : `  ${line}`];
}

function exampleOf({ default: value, kind, choices = [] }: OptionSpec): unknown {
  switch (kind) {
    case 'boolean':
      return value === 'true';
    case 'integer':
    case 'float':
      return Number(value ?? 60);
    case 'duration':
      return value ?? '5m';
    case 'enum':
      return value ?? choices[0];
    case 'agents':
      return [value ?? 'codex'];
    case 'agent':
      return value ?? 'claude';
    case 'list':
      return ['Plan-Owner: platform'];
    case 'names':
      return ['NAME'];
    case 'reports':
      return ['report.html'];
    case 'text':
      return value ?? '';
  }
}

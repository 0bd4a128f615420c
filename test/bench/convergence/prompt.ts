const MARK = /^(=====[0-9a-f]{16}=====)(?: (\w+))?$/gm;

/** The plan as a prompt shows it, without line numbers. Throws where it shows none. */
export function planIn(prompt: string): string {
  const text = between(prompt, 'plan') ?? between(prompt, undefined);
  if (text === undefined) throw new Error('The prompt shows no plan.');
  return text.replace(/^ *\d+\| ?/gm, '');
}

/** The ids of the findings that a prompt lists. */
export function idsIn(prompt: string): string[] {
  const findings = between(prompt, 'findings') ?? '';
  return [...new Set([...findings.matchAll(/^(F\d+)\b/gm)].map(([, id = '']) => id))];
}

/** The numbered findings of an arbiter's prompt: number, title, and all that is said. */
export function chunksIn(prompt: string): { index: number; title: string; text: string }[] {
  const findings = between(prompt, 'findings') ?? '';
  return findings.split(/^(?=Finding \d+ at )/m).map((text) => {
    const [, index = '', title = ''] = /^Finding (\d+) at [^ ]*: (.*)$/m.exec(text) ?? [];
    return { index: Number(index), title, text };
  });
}

/** The lines that a diff puts in. */
export function addedIn(prompt: string): Set<string> {
  const diff = between(prompt, 'diff') ?? '';
  return new Set([...diff.matchAll(/^\+(?!\+\+)(.*)$/gm)].map(([, line = '']) => line.trim()));
}

/** The text between the two marks with this label. */
function between(prompt: string, label: string | undefined): string | undefined {
  const marks = [...prompt.matchAll(MARK)].filter(({ 2: found }) => found === label);
  const [open, close] = marks.slice(-2);
  if (!open || !close) return undefined;
  return prompt.slice(open.index + open[0].length + 1, close.index - 1);
}

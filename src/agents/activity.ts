import { oneLine, truncate } from '../lib/text.ts';
import { claudeListener } from './claude-listener.ts';
import { codexListener } from './codex-listener.ts';

/** What an agent did last, by the end of its log; undefined where that does not tell, as with any `cmd:`. */
export function lastActivity(agent: string, lines: readonly string[]): string | undefined {
  const listener = LISTENERS[agent]?.();
  const heard = lines.map((line) => listener?.read?.(line, true));
  const last = heard.findLast((activity) => activity !== undefined);
  return last === undefined ? undefined : shortActivity(last);
}

/** An activity on one short line, whatever a model wrote. */
export function shortActivity(activity: string): string {
  return truncate(oneLine(activity), 100);
}

const LISTENERS: Readonly<Record<string, () => ReturnType<typeof codexListener>>> = {
  codex: () => codexListener(null, () => new Date()),
  claude: () => claudeListener(null, () => new Date()),
};

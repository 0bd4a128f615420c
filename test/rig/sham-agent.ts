import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from './world.ts';

/** Puts a program by the name of an agent on the PATH of a world: it takes its prompt, and then does what a script says. */
export function shamAgent({ root }: Pick<World, 'root'>, name: 'codex' | 'claude', script: string): void {
  writeFileSync(
    join(root, 'bin', name),
    `#!/bin/sh
case "$1" in
  --version) echo '${name}-cli 0.169.0' ;;
  exec | -p) cat >/dev/null; ${script} ;;
esac
`,
    { mode: 0o755 },
  );
}

/** The line in which an agent hands over its answer, and those that end its call, as JSON Lines. */
export const SPEAKS: Readonly<Record<'codex' | 'claude', (answer: string) => string>> = {
  codex: (text) =>
    linesOf([{ type: 'item.completed', item: { id: 'a', type: 'agent_message', text } }, TURN]),
  claude: (result) =>
    linesOf([
      {
        type: 'result',
        subtype: 'success',
        is_error: false,
        num_turns: 1,
        stop_reason: 'end_turn',
        result,
        structured_output: JSON.parse(result),
      },
    ]),
};

const TURN = {
  type: 'turn.completed',
  usage: { input_tokens: 1, cached_input_tokens: 0, output_tokens: 1 },
};

function linesOf(events: readonly unknown[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

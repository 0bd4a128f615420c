import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';
import { withAgentVariables, type World } from './world.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** What plays a terminal: the program of util-linux by this name, and of nobody else. */
const PLAYER = 'script';

/** Whether a terminal can be played here. */
export const HAS_TERMINAL = spawnSync(PLAYER, ['--version'], { encoding: 'utf8' }).stdout?.includes(
  'util-linux',
);

export type Terminal = Disposable & {
  /** The built program, once it runs. */
  readonly pid: () => number;
  /** Everything that was shown so far, with every escape sequence. */
  readonly shown: () => string;
  /** Resolves once this was shown. */
  readonly until: (text: string) => Promise<void>;
  readonly type: (keys: string) => void;
  /** Takes the terminal away, as closing its window does. */
  readonly close: () => void;
  readonly ended: () => Promise<Left>;
};

/** What a program left behind: its exit code, and the terminal as it was before and is now. */
export type Left = {
  readonly code: number;
  readonly before: string;
  readonly after: string;
  readonly isCursorVisible: boolean;
};

/** Runs the built program in a terminal of its own, attended. */
export function inTerminal(world: World, args: readonly string[], env: NodeJS.ProcessEnv = {}): Terminal {
  const at = (name: string): string => join(world.root, `terminal-${name}`);
  const words = [process.execPath, MAIN, ...args].map((word) => `'${word}'`).join(' ');
  // The outer shell is the one of the terminal: it dies when that is closed, and the others hear of it by its death. The
  // inner one outlives every signal, to tell how the program ended.
  writeFileSync(at('outer'), `trap : INT QUIT TERM\nsh '${at('inner')}'\n:\n`);
  writeFileSync(
    at('inner'),
    `trap : INT HUP QUIT TERM
stty cols 100 rows 30
stty -a > '${at('before')}'
sh -c 'echo $$ > "$0"; exec "$@"' '${at('pid')}' ${words}
code=$?
stty -a > '${at('after')}' 2>&1
echo $code > '${at('code')}'
`,
  );
  const child = spawn(PLAYER, ['-qfec', `exec sh '${at('outer')}'`, '/dev/null'], {
    cwd: world.repo,
    env: withAgentVariables({ ...world.env, CI: '', TERM: 'xterm', ...env }),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let shown = '';
  const hearers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    for (const hear of hearers) hear();
  });
  child.stdin.on('error', () => undefined); // The terminal is gone.
  const over = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const read = (name: string): string => readFileSync(at(name), 'utf8');
  return {
    pid: () => Number(read('pid')),
    shown: () => shown,
    until: (text) =>
      new Promise((resolve, reject) => {
        const hear = (): void => {
          if (!shown.includes(text)) return;
          hearers.delete(hear);
          resolve();
        };
        hearers.add(hear);
        hear();
        void over.then(() => reject(new Error(`Never shown: ${text}\n${shown}`)));
      }),
    type: (keys) => void child.stdin.write(keys),
    close: () => void child.kill('SIGKILL'),
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
    ended: async () => {
      await over;
      await vi.waitFor(() => expect(existsSync(at('code')) && read('code')).toMatch(/\n$/), 60_000);
      const cursor = Math.max(shown.lastIndexOf('\u001b[?25h'), shown.lastIndexOf('\u001b[?25l'));
      return {
        code: Number(read('code')),
        before: read('before'),
        after: read('after'),
        isCursorVisible: cursor < 0 || shown.startsWith('\u001b[?25h', cursor),
      };
    },
  };
}

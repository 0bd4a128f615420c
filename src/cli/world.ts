import { resolve } from 'node:path';
import { redactor, type Redact } from '../lib/redact.ts';
import type { Signals } from './interruption.ts';

/** What a command sees of the process around it. Nothing below `cli` reads these from the process itself. */
export type World = {
  /** Where the user stands, `-C` taken into account. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Takes the secrets of the environment out of what goes anywhere else than to the two streams. */
  readonly redact: Redact;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly now: () => Date;
  readonly signals: Signals;
};

export function processWorld(dir: string | undefined, signals: Signals): World {
  const { env, stdin } = process;
  const redact = redactor(env);
  const [stdout, stderr] = [redacting(process.stdout, redact), redacting(process.stderr, redact)];
  return { cwd: resolve(dir ?? '.'), env, redact, stdin, stdout, stderr, now: () => new Date(), signals };
}

/**
 * The same stream, which lets no secret out: whatever a model has read and repeats, a log of CI is read by many. Who puts a
 * function of their own in the place of `write`, as a spinner does, has it called through this stream only.
 */
export function redacting<T extends NodeJS.WriteStream>(stream: T, redact: Redact): T {
  const original = stream.write.bind(stream);
  let write: unknown = (chunk: string | Uint8Array, ...rest: []): boolean =>
    original(typeof chunk === 'string' ? redact(chunk) : chunk, ...rest);
  return new Proxy(stream, {
    get: (target, key) => {
      if (key === 'write') return write;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, key, value) => {
      if (key !== 'write') return Reflect.set(target, key, value);
      write = value;
      return true;
    },
  });
}

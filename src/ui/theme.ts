import pc from 'picocolors';
import { showsUnicode } from '../lib/platform.ts';

/** What a stream can show, decided once: colours, symbols, whether something may move on it. */
export type Theme = {
  readonly colors: ReturnType<typeof pc.createColors>;
  readonly line: string;
  readonly double: string;
  readonly down: string;
  readonly dot: string;
  readonly ellipsis: string;
  readonly isUnicode: boolean;
  /** May a spinner stand on this stream? */
  readonly isLive: boolean;
};

export type Terminal = { readonly isTTY?: boolean; readonly columns?: number };

/** Colour: `--no-color`, then `NO_COLOR`, then `FORCE_COLOR`, then a terminal that is not dumb. Symbols: where the locale is UTF-8. */
export function themeFor(
  stream: Terminal,
  env: NodeJS.ProcessEnv,
  { noColor, quiet }: { noColor: boolean; quiet: boolean },
): Theme {
  const isTerminal = stream.isTTY === true && env['TERM'] !== 'dumb';
  const isUnicode = showsUnicode(env);
  return {
    colors: pc.createColors(wantsColor(env, noColor, isTerminal)),
    line: isUnicode ? '─' : '-',
    double: isUnicode ? '═' : '=',
    down: isUnicode ? '↓' : 'v',
    dot: isUnicode ? '·' : '|',
    ellipsis: isUnicode ? '…' : '...',
    isUnicode,
    isLive: isTerminal && (stream.columns ?? 0) > 0 && !isSet(env['CI']) && !quiet,
  };
}

function wantsColor(env: NodeJS.ProcessEnv, noColor: boolean, isTerminal: boolean): boolean {
  if (noColor || env['NO_COLOR']) return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  return isTerminal;
}

/** A switch in the environment: set, and not to 0 or false. */
export function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value.toLowerCase() !== 'false';
}

import type { World } from '../world.ts';

/** Nobody reads any more what is told: there is nobody to watch for. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone';
}

/** Aborts when the program is interrupted, and when its standard output is closed. */
export function whileRead({ stdout, signals }: Pick<World, 'stdout' | 'signals'>): AbortSignal {
  const gone = new AbortController();
  stdout.once('error', () => gone.abort(new ReaderGone('Standard output is closed.')));
  return AbortSignal.any([signals.signal, gone.signal]);
}

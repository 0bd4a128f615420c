/** Around what the power may fail: the writing of a fact, an effect, the wait for git's lock, or a hook in a commit. */
export type Moment = {
  readonly kind: 'fact' | 'effect' | 'hook' | 'lock';
  readonly edge: 'before' | 'after';
};

/** Asked at every moment; true: the power fails now. */
export type Power = (moment: Moment) => boolean;

/** Fails at the nth such moment, counted from 0. */
export function failsAt(n: number, moments: Power): Power {
  let seen = 0;
  return (moment) => moments(moment) && seen++ === n;
}

export class PowerCut extends Error {}

/** One process. Once the power has failed, nothing is done in it any more. */
export type Life = {
  /** The power may fail before an effect, or after it, when nobody hears of it any more. */
  readonly does: <T>(effect: () => T, kind?: Moment['kind']) => T;
};

export function startLife(power: Power): Life {
  let isOver = false;
  const reach = (moment: Moment): void => {
    isOver ||= power(moment);
    if (isOver) throw new PowerCut();
  };
  return {
    does: (effect, kind = 'effect') => {
      reach({ kind, edge: 'before' });
      const result = effect();
      reach({ kind, edge: 'after' });
      return result;
    },
  };
}

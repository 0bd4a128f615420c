import { VOID } from './hostile.ts';
import type { Bound } from './targets.ts';
import type { Staging } from './world.ts';

const ON = { arbiter: 'cmd:arbitrate' } as const;

const BARE: Staging = {
  isBare: true,
  settings: { policies: { stuck: 'continue', divergence: 'continue', design: 'ignore' } },
};

const ROUNDS = { max_rounds: 20, ...ON } as const;

const FROZEN = { strategy: 'frozen', ...ON } as const;

/**
 * Ways to harden a plan, by the names of the table. A, B and B4 are bare loops, as other tools have them: a review of the
 * whole plan until one is quiet, without an arbiter, with one, and with one from the fourth round on.
 */
export const STRATEGIES: Readonly<Record<string, Staging>> = {
  A: BARE,
  B: { ...BARE, settings: { ...BARE.settings, ...ON } },
  B4: { ...BARE, settings: { ...BARE.settings, ...ON, arbiter_from_round: 4 } },
  rounds: { settings: ROUNDS },
  'rounds, arbiter from 4': { settings: { ...ROUNDS, arbiter_from_round: 4 } },
  'rounds, no arbiter': { settings: { ...ROUNDS, arbiter: null } },
  'rounds, two reviewers': { settings: { ...ROUNDS, further_reviewers: ['cmd:review'] } },
  'rounds, stuck continue': { settings: { ...ROUNDS, policies: { stuck: 'continue' } } },
  'rounds, stuck terminate': { settings: { ...ROUNDS, policies: { stuck: 'terminate' } } },
  frozen: { settings: FROZEN },
  'frozen, three hunts': { settings: { ...FROZEN, further_reviewers: ['cmd:review', 'cmd:review'] } },
  'frozen, no arbiter': { settings: { ...FROZEN, arbiter: null } },
  'frozen, garbage': { settings: FROZEN, parameters: { garbage: 0.05, voidQuotes: 0.1 } },
  'void rounds': { settings: ROUNDS, cast: VOID },
  'void frozen': { settings: FROZEN, cast: VOID },
  'void bare': { ...BARE, cast: VOID },
};

/** Those that the papers quote, and those that must never end in an approval. The others are run by name. */
export const QUOTED = ['A', 'B', 'rounds', 'frozen', 'void rounds', 'void frozen'];

/** 16 decisions; each asked at most twice, an arbitration once more in another order, and 5 fixes sent back thrice. */
const FROZEN_BOUND: Bound = { calls: 2 * (16 + 2 + 5 * 3), decisions: 16 };

/** What each may take at most. A conversation is repeated once when it cannot be read; an implementer is sent back thrice. */
export const BOUNDS: Readonly<Record<string, Bound>> = Object.fromEntries(
  Object.entries(STRATEGIES).map(([name, { settings }]) => {
    const isFrozen = settings?.strategy === 'frozen';
    const reviewers = 1 + (settings?.further_reviewers?.length ?? 0);
    const rounds = settings?.max_rounds ?? 30;
    // A round: the reviews, a second look, an arbitration and one more of it, a fix and three answers sent back.
    const most = {
      calls: rounds * (2 * reviewers + 2 + 2 * 2 + 2 * 4) + 2,
      decisions: rounds * (reviewers + 3) + 1,
    };
    return [name, isFrozen ? FROZEN_BOUND : most];
  }),
);

import type { Staging } from './world.ts';

const BARE = { stuck: 'continue', divergence: 'continue', design: 'ignore' } as const;

/** Ways to harden a plan, by the names of the table. */
export const STRATEGIES: Readonly<Record<string, Staging>> = {
  A: { settings: { policies: BARE } },
  B: { settings: { arbiter: 'cmd:arbitrate', policies: BARE } },
  B4: { settings: { arbiter: 'cmd:arbitrate', arbiter_from_round: 4, policies: BARE } },
  rounds: { settings: { max_rounds: 20, arbiter: 'cmd:arbitrate' } },
  rounds4: { settings: { max_rounds: 20, arbiter: 'cmd:arbitrate', arbiter_from_round: 4 } },
  frozen: { settings: { strategy: 'frozen', arbiter: 'cmd:arbitrate' } },
};

import type { Staging } from './world.ts';

const ON = { arbiter: 'cmd:arbitrate' } as const;

const BARE: Staging = {
  isBare: true,
  settings: { policies: { stuck: 'continue', divergence: 'continue', design: 'ignore' } },
};

/**
 * Ways to harden a plan, by the names of the table. A, B and B4 are bare loops, as other tools have them: a review of the
 * whole plan until one is quiet, without an arbiter, with one, and with one from the fourth round on.
 */
export const STRATEGIES: Readonly<Record<string, Staging>> = {
  A: BARE,
  B: { ...BARE, settings: { ...BARE.settings, ...ON } },
  B4: { ...BARE, settings: { ...BARE.settings, ...ON, arbiter_from_round: 4 } },
  rounds: { settings: { max_rounds: 20, ...ON } },
  'rounds, arbiter from 4': { settings: { max_rounds: 20, ...ON, arbiter_from_round: 4 } },
  'rounds, no arbiter': { settings: { max_rounds: 20 } },
  'rounds, guard': { settings: { max_rounds: 20, ...ON, policies: { design: 'guard' } } },
  'rounds, guard and continue': { settings: { max_rounds: 20, ...ON, policies: { design: 'guard', stuck: 'continue' } } },
  'rounds, two reviewers': { settings: { max_rounds: 20, ...ON, further_reviewers: ['cmd:review'] } },
  frozen: { settings: { strategy: 'frozen', ...ON } },
  'frozen, guard': { settings: { strategy: 'frozen', ...ON, policies: { design: 'guard' } } },
  'frozen, three hunts': { settings: { strategy: 'frozen', ...ON, further_reviewers: ['cmd:review', 'cmd:review'] } },
  'frozen, no arbiter': { settings: { strategy: 'frozen' } },
};

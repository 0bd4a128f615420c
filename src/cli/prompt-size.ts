import { dirname } from 'node:path';
import { promptLimit, promptSize } from '../agents/prompt-limit.ts';
import { reviewPrompt } from '../core/prompts.ts';
import type { Settings } from '../core/settings.ts';
import { planTooLarge } from '../errors/cli.ts';
import { specOf } from './agents.ts';
import type { PlanPlace } from './place.ts';
import { loadTemplates } from './templates.ts';

/** Refuses a plan that an agent could not take, before the first call. */
export async function refuseHugePrompt(
  { plan, relative, repo, resolution }: PlanPlace,
  settings: Settings,
): Promise<void> {
  const { review } = await loadTemplates(resolution);
  const subject = {
    path: relative,
    repository: repo?.root ?? dirname(plan.path),
    plan: plan.text,
    boundary: '='.repeat(26),
  };
  const prompt = reviewPrompt(review, subject, { floor: settings.confidence_floor });
  const { reviewer, further_reviewers: further, implementer, verifier, arbiter } = settings;
  for (const spec of new Set([reviewer, ...further, implementer, verifier, ...(arbiter ? [arbiter] : [])])) {
    const limit = promptLimit(specOf(spec));
    const size = limit ? promptSize(prompt, limit) : 0;
    if (limit && size > limit.most)
      throw planTooLarge(
        plan.shown,
        `its review prompt has ${size} ${limit.unit}`,
        `${spec} takes ${limit.most}`,
      );
  }
}

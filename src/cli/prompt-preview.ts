import { dirname } from 'node:path';
import type { Role } from '../core/fact.ts';
import { reviewPrompt, sentinelList, type Subject } from '../core/prompts.ts';
import { sentinelsOf } from '../core/sentinels.ts';
import type { Settings } from '../core/settings.ts';
import { fill } from '../core/template.ts';
import { digest } from '../store/plan-file.ts';
import type { PlanPlace } from './place.ts';
import { loadTemplates } from './templates.ts';

/**
 * The prompts of the first calls as far as they are known before any. What only a call can tell, such as the findings,
 * stands in angle brackets where it would be filled in.
 */
export async function promptPreviews(
  { plan, relative, repo, resolution }: PlanPlace,
  settings: Settings,
): Promise<Readonly<Record<Role, string>>> {
  const templates = await loadTemplates(resolution);
  const fix = templates[settings.edit_mode === 'patch' ? 'fix-patch' : 'fix-in-place'];
  const subject: Subject = {
    path: relative,
    repository: repo?.root ?? dirname(plan.path),
    plan: plan.text,
    boundary: `=====${digest(plan.text).slice(0, 16)}=====`,
  };
  return {
    reviewer: reviewPrompt(templates.review, subject, settings.confidence_floor),
    implementer: fill(fix, {
      ...subject,
      findings: FINDINGS,
      expanded: '',
      sentinels: sentinelList(sentinelsOf(plan.text).strings.map(({ text }) => text)),
    }),
    verifier: fill(templates.delta, {
      ...subject,
      boundary: '=====<digest of the plan after the fix>=====',
      findings: FINDINGS,
      diff: '<the fix, as a unified diff>',
      plan: '<the plan after the fix, with line numbers>',
      floor: String(settings.confidence_floor),
    }),
  };
}

const FINDINGS =
  '<the findings that the fix is for: id, severity, place, title, quote, what goes wrong, recommendation>';

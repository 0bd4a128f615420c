import { dirname } from 'node:path';
import type { Role } from '../core/fact.ts';
import { numbered, reviewPrompt, sentinelList, type Subject } from '../core/prompts.ts';
import { sentinelsOf } from '../core/sentinels.ts';
import type { Settings } from '../core/settings.ts';
import { fill } from '../core/template.ts';
import type { Templates } from '../ports.ts';
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
  const lens = settings.strategy === 'frozen' ? LENS : '';
  return {
    reviewer: reviewPrompt(templates.review, subject, { floor: settings.confidence_floor, lens }),
    implementer: fill(fix, {
      ...subject,
      findings: FINDINGS,
      expanded: '',
      sentinels: sentinelList(sentinelsOf(plan.text).strings.map(({ text }) => text)),
    }),
    arbiter: fill(templates.arbitrate, { ...subject, plan: numbered(plan.text), findings: CLAIMS }),
    verifier: lookAtFix(templates, subject, settings),
  };
}

/** Under `rounds` a verifier takes the last look; under `frozen` it looks at every fix. */
function lookAtFix(
  templates: Templates,
  subject: Subject,
  { strategy, confidence_floor: floor }: Settings,
): string {
  return fill(strategy === 'frozen' ? templates.verify : templates.delta, {
    ...subject,
    boundary: '=====<digest of the plan after the fix>=====',
    findings: FINDINGS,
    diff: '<the fix, as a unified diff>',
    touched: '<the blocks that the fix touched>',
    plan: '<the plan after the fix, with line numbers>',
    floor: String(floor),
  });
}

const LENS = '<what this hunt is to look hardest at: one of the lenses>\n';

const FINDINGS =
  '<the findings that the fix is for: id, severity, place, title, quote, what goes wrong, recommendation>';

const CLAIMS =
  '<what is to be judged: number, place, title, quote, what goes wrong, and what it may repeat; no severity, no score>';

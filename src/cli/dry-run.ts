import { dirname } from 'node:path';
import { describeCommand } from '../agents/describe-command.ts';
import { reviewPrompt } from '../core/prompts.ts';
import type { Settings } from '../core/settings.ts';
import { redact } from '../lib/redact.ts';
import { digest } from '../store/plan-file.ts';
import { chooseAgents, specOf } from './agents.ts';
import { valueText } from './commands/config-show.ts';
import { configKey } from './option-table.ts';
import type { PlanPlace } from './place.ts';
import { settingsFrom } from './settings.ts';
import { loadTemplates } from './templates.ts';
import type { World } from './world.ts';

/** `--dry-run`: what a run would do. It writes, commits, locks and calls nothing. */
export async function dryRun(
  place: PlanPlace,
  world: World,
  { needsImplementer = true } = {},
): Promise<number> {
  const { plan, relative, repo, resolution } = place;
  const agents = await chooseAgents(resolution, world, { needsImplementer });
  const settings = settingsFrom(resolution, agents);
  const { review } = await loadTemplates(resolution);
  const boundary = `=====${digest(plan.text).slice(0, 16)}=====`;
  const subject = { path: relative, repository: repo?.root ?? dirname(plan.path), plan: plan.text, boundary };
  const lines = [
    'Settings',
    ...[...resolution.options.values()].map(
      (setting) => `  ${configKey(setting.spec.name)} = ${valueText(setting)}   (${setting.origin})`,
    ),
    '',
    'Agents',
    ...Object.entries(needsImplementer ? agents : { reviewer: agents.reviewer }).map(
      ([role, spec]) => `  ${role}: ${spec}\n    ${commandOf(role, spec, settings)}`,
    ),
    ...(needsImplementer ? [`  edit mode: ${settings.edit_mode}`] : []),
    '',
    `Plan   ${plan.path}`,
    `State  ${place.stateRoot}`,
    '',
    'The first prompt',
    '',
    reviewPrompt(review, subject, settings.confidence_floor),
  ];
  world.stdout.write(`${redact(lines.join('\n'), world.env)}\n`);
  return 0;
}

function commandOf(
  role: string,
  spec: string,
  { edit_mode: mode, agent_config: agentConfig }: Settings,
): string {
  return describeCommand(specOf(spec), { edits: role === 'implementer' && mode === 'in-place', agentConfig });
}

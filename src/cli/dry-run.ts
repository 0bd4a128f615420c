import { describeCommand } from '../agents/describe-command.ts';
import type { Role } from '../core/fact.ts';
import type { Settings } from '../core/settings.ts';
import { jsonText } from '../lib/json-text.ts';
import { redactAll } from '../lib/redact.ts';
import { clean } from '../lib/text.ts';
import { readySettings, reviewSettings, specOf } from './agents.ts';
import { resolutionJson, valueText } from './commands/config-show.ts';
import type { CommonFlags } from './flags.ts';
import { configKey } from './option-table.ts';
import type { PlanPlace } from './place.ts';
import { promptPreviews } from './prompt-preview.ts';
import type { World } from './world.ts';

/** Who would be called for a role, how, and with what. */
type Preview = {
  readonly role: Role;
  /** The role, numbered where several take it: `reviewer-2`. */
  readonly name: string;
  readonly agent: string;
  readonly command: string;
  readonly prompt: string;
};

/** `--dry-run`: what a run would do. It writes, commits, locks and calls nothing. */
export async function dryRun(
  place: PlanPlace,
  flags: CommonFlags,
  world: World,
  { needsImplementer = true } = {},
): Promise<number> {
  const settings = await (needsImplementer ? readySettings : reviewSettings)(place.resolution, world);
  const prompts = await promptPreviews(place, settings);
  const previews = rolesOf(settings)
    .filter(({ role }) => needsImplementer || role === 'reviewer')
    .map((who) => ({
      ...who,
      command: commandOf(who.role, who.agent, settings),
      prompt: prompts[who.role],
    }));
  const mode = needsImplementer ? settings.edit_mode : null;
  const text = flags.json
    ? jsonText(redactAll(previewJson(place, mode, previews), world.redact))
    : world.redact(clean(previewText(place, mode, previews))); // what is invisible must not hide a secret
  world.stdout.write(`${text}\n`);
  return 0;
}

/** Who takes which role, in the order of a round. */
function rolesOf(settings: Settings): Omit<Preview, 'command' | 'prompt'>[] {
  const { reviewer, further_reviewers: further, arbiter, implementer, verifier } = settings;
  return [
    { role: 'reviewer', name: 'reviewer', agent: reviewer },
    ...further.map((agent, at) => ({ role: 'reviewer', name: `reviewer-${at + 2}`, agent }) as const),
    ...(arbiter === null ? [] : [{ role: 'arbiter', name: 'arbiter', agent: arbiter } as const]),
    { role: 'implementer', name: 'implementer', agent: implementer },
    { role: 'verifier', name: 'verifier', agent: verifier },
  ];
}

type Mode = Settings['edit_mode'] | null;

function previewJson(place: PlanPlace, mode: Mode, previews: readonly Preview[]): object {
  return {
    ...resolutionJson(place.resolution),
    agents: Object.fromEntries(previews.map(({ role: _, name, ...preview }) => [name, preview])),
    edit_mode: mode,
    plan: place.plan.path,
    state_root: place.stateRoot,
  };
}

function previewText(place: PlanPlace, mode: Mode, previews: readonly Preview[]): string {
  return [
    'Settings',
    ...[...place.resolution.options.values()].map(
      (setting) => `  ${configKey(setting.spec.name)} = ${valueText(setting)}   (${setting.origin})`,
    ),
    '',
    'Agents',
    ...previews.map(({ name, agent, command }) => `  ${name}: ${agent}\n    ${command}`),
    ...(mode === null ? [] : [`  edit mode: ${mode}`]),
    '',
    `Plan   ${place.plan.path}`,
    `State  ${place.stateRoot}`,
    ...previews
      .filter(({ role, name }) => role === name) // several of a role are told the same
      .flatMap(({ role, prompt }) => ['', `The prompt of the ${role}`, '', prompt]),
  ].join('\n');
}

function commandOf(
  role: Role,
  agent: string,
  { edit_mode: mode, agent_config: agentConfig }: Settings,
): string {
  const edits = role === 'implementer' && mode === 'in-place';
  return describeCommand(specOf(agent), { edits, agentConfig });
}

import { readFile } from 'node:fs/promises';
import { words } from '../../lib/text.ts';
import { packageFile } from '../../package-file.ts';
import { PROJECT_FILE } from '../config-file.ts';
import { isGiven, type CommonFlags } from '../flags.ts';
import type { Resolution } from '../resolve.ts';
import type { World } from '../world.ts';
import { configText } from './config-text.ts';
import { settingsFor, type Found } from './detected.ts';
import { gateFor } from './gate.ts';
import { UNKNOWN_TOOL } from './tool-repository.ts';
import { WORKFLOW_FILE, workflowText } from './workflow-text.ts';

/** A file that `init` may write. */
export type Target = {
  /** Its path from the root of the repository, with forward slashes. */
  readonly name: string;
  /** The flag that asks for it. */
  readonly flag: (typeof FLAGS)[number];
  /** Whether it stays as it is once it is there, whatever is in it. */
  readonly isKept: boolean;
  /** What it should say, given what it says now. */
  readonly text: (now: string | null) => Promise<string>;
  /** What whoever has it written should know then. */
  readonly next: (text: string) => string;
};

const FLAGS = ['config-file', 'workflow', 'skill'] as const;

/** The files to be dealt with here: those whose flags are given, else all that are of use for what was found. */
export function targetsFor({ found, root, resolution }: Here, flags: CommonFlags, world: World): Target[] {
  const named = FLAGS.filter((flag) => isGiven(flags, flag));
  const isWanted = (flag: Target['flag'], isOfUse: boolean): boolean =>
    named.length === 0 ? isOfUse : named.includes(flag);
  return [
    ...(isWanted('config-file', true) ? [configTarget(found)] : []),
    ...(isWanted('workflow', found.isOnGitHub) ? [workflowTarget({ found, root, resolution }, world)] : []),
    ...(isWanted('skill', true) ? skillTargets(found, { isNamed: named.includes('skill') }) : []),
  ];
}

function configTarget(found: Found): Target {
  return {
    name: PROJECT_FILE,
    flag: 'config-file',
    isKept: true,
    text: async () => configText(settingsFor(found)),
    next: () => 'Check what a run needs with: refine-plan doctor',
  };
}

type Here = { readonly found: Found; readonly root: string; readonly resolution: Resolution };

function workflowTarget(here: Here, world: World): Target {
  return {
    name: WORKFLOW_FILE,
    flag: 'workflow',
    isKept: false,
    text: async (now) => workflowText(await gateFor({ ...here, now }, world)),
    next: (text) =>
      words(
        text.includes(` ${UNKNOWN_TOOL}`) &&
          'Put the owner of your copy of refine-plan in the place of OWNER in it.',
        'It needs the secret OPENAI_API_KEY in the settings of the repository.',
      ),
  };
}

const SKILL = 'skills/refine-plan-against-codex/SKILL.md';

/** Where each agent looks for the skills of a repository, and how a user calls one there. */
const READERS = [
  { agent: 'codex', dir: '.agents', next: 'In Codex it is $refine-plan-against-codex.' },
  { agent: 'claude', dir: '.claude', next: 'In Claude Code it is /refine-plan-against-codex.' },
] as const;

/** The skill for each agent that is installed; for both where none is and it was asked for all the same. */
function skillTargets(found: Found, { isNamed }: { readonly isNamed: boolean }): Target[] {
  const there = READERS.filter(({ agent }) => found[agent].isInstalled);
  const readers = there.length === 0 && isNamed ? READERS : there;
  return readers.map(({ dir, next }) => ({
    name: `${dir}/${SKILL}`,
    flag: 'skill',
    isKept: false,
    text: () => readFile(packageFile(`references/plugin/${SKILL}`), 'utf8'),
    next: () => next,
  }));
}

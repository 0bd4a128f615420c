import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CopiedWorld, Fate } from './copied-world.ts';

export type Moment = NonNullable<Fate['kill']>;

export type Effect = { readonly effect: string; readonly changes: boolean };

/** Every effect that a run has when nobody disturbs it, in order. */
export async function effectsOf(world: CopiedWorld): Promise<readonly Effect[]> {
  const log = join(world.root, 'effects');
  const { code, stderr } = await world.start({ log });
  if (code !== 0) throw new Error(`The undisturbed run ended with ${code}: ${stderr}`);
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/**
 * Every moment a run can die at that differs from the others on disk: before the first effect, and after each that changes
 * anything, which is also before the next. What can be cut in two (a record of the journal, the plan, a lock) is, and a
 * program that was started may outlive the run.
 */
export function momentsOf(effects: readonly Effect[]): readonly Moment[] {
  const changing = effects.filter(({ changes }) => changes).map(({ effect }) => effect);
  const [first = ''] = changing;
  return [
    { edge: 'before', effect: first },
    ...changing.flatMap((effect): Moment[] => [
      ...(HALVES.test(effect) ? [{ edge: 'half', effect } as const] : []),
      { edge: 'after', effect },
    ]),
  ];
}

/** Everything that a full disk refuses, or a broken one: what fills it, and what has to reach it. */
export function writesOf(effects: readonly Effect[]): readonly string[] {
  return effects.map(({ effect }) => effect).filter((effect) => WRITES.test(effect));
}

const WRITES = /^(?:open|write|writeFile|mkdir|mkdtemp|link|sync|datasync) /;

const HALVES =
  /^spawn |^write .*\/(?:events\.jsonl|agent-[^/]*\.log)|^writeFile .*(?:\.lock\.\*|~\/repo\/docs\/plans\/\.refine-plan-[^/]*\.tmp)/;

import { removeScratch } from '../agents/scratch.ts';
import { agentLeftBehind } from '../errors/agents.ts';
import { endFamily } from '../process/process-group.ts';
import { leftCalls, type LeftCall } from '../store/call-notes.ts';
import { stateRoot } from '../store/run-directory.ts';
import type { World } from './world.ts';

/** A plan, and where its runs are kept. */
type PlanAt = { readonly plan: { readonly path: string }; readonly stateRoot: string };

/** Where the calls of a run are noted: beside the locks, whatever the state root. A review may only write to that. */
export function callNotesOf(place: PlanAt, kind: 'refine' | 'review'): string {
  return kind === 'review' ? place.stateRoot : stateRoot(place.plan.path, null);
}

/**
 * Ends the agents of runs that were killed, before the lock's new owner does anything: they could still write. Throws where
 * one cannot be ended. Repeated, it finds nothing.
 */
export async function endLeftBehind(place: PlanAt, world: Pick<World, 'stderr'>): Promise<void> {
  const dirs = new Set([callNotesOf(place, 'refine'), callNotesOf(place, 'review')]);
  for (const dir of dirs) for (const call of await leftCalls(dir)) await settle(call, world);
}

async function settle(call: LeftCall, world: Pick<World, 'stderr'>): Promise<void> {
  const said = call.where === 'here' ? await endProcesses(call) : elsewhere(call);
  if (call.where !== 'other-host') await removeScratch(call.scratch, call.mark);
  await call.forget();
  if (said !== null) world.stderr.write(`! ${said}\n`);
}

async function endProcesses({ agent, run, process, mark }: LeftCall): Promise<string | null> {
  const origin = { pid: process?.pid ?? null, started: process?.started ?? undefined, mark, isOurs: false };
  const ending = await endFamily(origin);
  if (!ending)
    return `Run ${run} was killed while ${agent} worked for it, and this system does not show whether that is still running${process ? `: it was process ${process.pid}` : ''}.`;
  const [first] = ending.left;
  if (first) throw agentLeftBehind({ agent, run, pid: first.pid });
  const pids = ending.found.map(({ pid }) => pid).join(', ');
  return pids === ''
    ? null
    : `Run ${run} was killed and left ${agent} running (process ${pids}); it is ended now.`;
}

/** What is of an earlier boot is gone with it. */
function elsewhere({ where, host, agent, run }: LeftCall): string | null {
  return where === 'earlier-boot'
    ? null
    : `Run ${run} was killed on ${host} while ${agent} worked for it; if that is still running there, it cannot be ended from here.`;
}

import type { AgentCall, CallResult } from '../ports.ts';
import { newMark } from '../process/mark.ts';
import { runProcess, type ProcessEnd } from '../process/run-process.ts';
import { redactor } from '../lib/redact.ts';
import { redactLog } from '../process/redact-log.ts';
import { shortActivity } from './activity.ts';
import type { AgentCli, AgentWorld, Attempt, CallNote, Command, Listener } from './agent-cli.ts';
import { saidFailure, unfinished } from './failures.ts';
import { openScratch, scratchRoot } from './scratch.ts';

type Making = { readonly cli: AgentCli; readonly world: AgentWorld; readonly call: AgentCall };

/** Makes one call with any agent: a scratch directory, one process, its answer. Throws the reason of an abort. */
export async function runCall({ cli, world, call }: Making, signal: AbortSignal): Promise<CallResult> {
  signal.throwIfAborted();
  const began = performance.now();
  const copy = call.edit && { path: world.plan.relative, text: call.edit.text };
  const mark = newMark();
  const root = await scratchRoot(world.repoRoot, mark);
  await using note = await world.note({ call: call.call, agent: cli.name, mark, scratch: root });
  await using scratch = await openScratch({ root, mark, copy });
  const listener = cli.listener();

  const command = await cli.command(call, scratch, signal);
  const answer = command.ok
    ? await converse({ cli, world, call }, { ...command.value, mark, note }, listener, signal)
    : command;
  const left = answer.ok && copy ? await scratch.takeBack() : { edited: null, discarded: [] };

  const known = listener.known();
  return {
    ...known,
    failure: answer.ok ? null : answer.failure,
    answer: answer.ok ? answer.value : null,
    ...left,
    version: known.version ?? (command.ok ? command.value.version : null) ?? null,
    durationMs: Math.round(performance.now() - began),
  };
}

async function converse(
  { cli, world, call }: Making,
  { note, ...command }: Command & { readonly mark: string; readonly note: CallNote },
  listener: Listener,
  signal: AbortSignal,
): Promise<Attempt<string>> {
  const limits = { timeoutMs: call.timeoutMs, idleTimeoutMs: call.idleTimeoutMs ?? cli.idleTimeoutMs };
  const say = announcer(world);
  const { read } = listener;
  const heard = read && { onLine: (line: string, whole: boolean): void => say(read(line, whole)) };
  const request = { ...command, ...limits, ...heard, onStart: note.started, log: call.log };
  const end = await logged(request, world, signal);

  const failure = unfinished(cli.name, end, { ...limits, trouble: listener.trouble() });
  if (failure) return { ok: false, failure };
  const answer = listener.answer(end);
  if (!answer.ok) return answer;
  const said = saidFailure(answer.value, world.now());
  return said ? { ok: false, failure: said } : answer;
}

/** Runs a process, and leaves no secret in its log, however it ends. What it said is read before that, as it is. */
async function logged(
  request: Parameters<typeof runProcess>[0] & { readonly log: string },
  { secretsOf }: AgentWorld,
  signal: AbortSignal,
): Promise<ProcessEnd> {
  try {
    return await runProcess(request, signal);
  } finally {
    // A log that cannot be rewritten is private to the user all the same.
    await redactLog(request.log, redactor(secretsOf)).catch(() => undefined);
  }
}

/** Shows the latest activity on one short line, and the same activity once. */
function announcer(world: AgentWorld): (activity: string | undefined) => void {
  let last = '';
  return (activity) => {
    if (activity === undefined) return;
    const text = shortActivity(activity);
    if (text === '' || text === last) return;
    last = text;
    world.announce({ type: 'agent-said', text });
  };
}

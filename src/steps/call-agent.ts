import { z } from 'zod';
import { Tokens, type Fact } from '../core/fact.ts';
import { Failure } from '../core/failure.ts';
import { files } from '../core/paths.ts';
import { currentRound, type Run } from '../core/run.ts';
import type { Call, Step } from '../core/step.ts';
import { runDamaged } from '../errors/store.ts';
import type { Agent, AgentCall, CallResult, Ports } from '../ports.ts';
import { answerSchema } from './answer-schema.ts';
import { callPrompt } from './call-prompt.ts';
import { lookAround } from './look-around.ts';
import { baselineText, dirOf, keptText } from './round-text.ts';

/** What a finished call leaves behind besides its answer, so that a repeated step need not call again. */
const StoredCall = z.object({
  failure: Failure.nullable(),
  edited: z.boolean(),
  discarded: z.array(z.string()),
  model: z.string().nullable(),
  version: z.string().nullable(),
  tokens: Tokens.nullable(),
  toolUses: z.number(),
  durationMs: z.number(),
});

type StoredCall = z.infer<typeof StoredCall>;

/**
 * Makes calls side by side, and tells of each as it ends. Its result is stored before the fact; a call that has a stored
 * result is not made again.
 */
export async function* callAgents(
  { calls }: Extract<Step, { do: 'call' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  for (const call of calls) if (!call.isRepeat) yield await startCall(call, run, ports);
  const together = new AbortController();
  const signal = AbortSignal.any([ports.signal, together.signal]);
  const running = new Map(
    calls.map((call) => [
      call.call,
      finishCall(call, run, { ...ports, signal }).then((fact) => ({ id: call.call, fact })),
    ]),
  );
  try {
    while (running.size > 0) {
      const { id, fact } = await Promise.race(running.values());
      running.delete(id);
      yield fact;
    }
  } finally {
    // What ends one of them ends all: none may go on while nobody listens any more.
    together.abort(new Error('Another call of this step could not be made.'));
    await Promise.allSettled(running.values());
  }
  yield* lookAround(run, ports, 'during-call');
}

function about(call: Call, run: Run, agent: Agent) {
  const { role, purpose, seat } = call;
  return { call: call.call, round: currentRound(run).number, role, purpose, agent: agent.name, seat };
}

async function startCall(call: Call, run: Run, ports: Ports): Promise<Fact> {
  const agent = agentFor(call, ports);
  const name = files.prompt(currentRound(run).number, call.call);
  const prompt = await callPrompt(call, run, ports);
  await ports.files.write(name, prompt);
  return {
    type: 'call.started',
    ...about(call, run, agent),
    model: agent.model,
    effort: agent.effort,
    prompt: name,
    prompt_sha256: ports.plan.digest(prompt),
  };
}

async function finishCall(call: Call, run: Run, ports: Ports): Promise<Fact> {
  const round = currentRound(run).number;
  const agent = agentFor(call, ports);
  const stored = (await storedCall(ports, round, call.call)) ?? (await makeCall(call, run, ports, agent));
  return {
    type: 'call.finished',
    ...about(call, run, agent),
    outcome: stored.failure ? 'failed' : 'ok',
    failure: stored.failure,
    model: stored.model,
    version: stored.version,
    tokens: stored.tokens,
    tool_uses: stored.toolUses,
    duration_ms: stored.durationMs,
    answer: stored.failure ? null : files.answer(round, call.call),
    log: files.log(round, call.call),
    discarded: stored.discarded,
  };
}

/** Seats are dealt out among the agents of a role. */
function agentFor({ role, seat }: Call, { agents }: Ports): Agent {
  const of = agents[role];
  const agent = of[seat % of.length];
  if (!agent) throw new Error(`Nobody was set as ${role}.`);
  return agent;
}

async function storedCall(ports: Ports, round: number, call: string): Promise<StoredCall | undefined> {
  const name = files.result(round, call);
  const text = await ports.files.read(name);
  if (text === undefined) return undefined;
  const stored = StoredCall.safeParse(jsonOf(text));
  if (!stored.success) throw runDamaged(await dirOf(ports.files), name, 'is not what was written');
  return stored.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON is no stored call either
  }
}

async function makeCall(call: Call, run: Run, ports: Ports, agent: Agent): Promise<StoredCall> {
  const round = currentRound(run).number;
  const { role, purpose } = call;
  ports.announce({ type: 'call-began', role, agent: agent.name, purpose, round });
  try {
    const result = await agent.run(await agentCall(call, run, ports), ports.signal);
    return await storeCall(ports, round, call.call, result);
  } finally {
    ports.announce({ type: 'call-ended' });
  }
}

async function agentCall(made: Call, run: Run, ports: Ports): Promise<AgentCall> {
  const { call, role, purpose } = made;
  const round = currentRound(run).number;
  const inPlace = role === 'implementer' && run.settings.edit_mode === 'in-place';
  return {
    call,
    round,
    role,
    purpose,
    prompt: await promptOf(made, run, ports),
    schema: inPlace ? null : answerSchema(purpose),
    edit: inPlace ? { text: await baselineText(run, ports.files) } : null,
    log: await ports.files.pathOf(files.log(round, call)),
    timeoutMs: run.settings.timeout_ms,
    idleTimeoutMs: run.settings.idle_timeout_ms,
  };
}

/** What was written down for a call; anew for one that was begun where the repository lay before. */
async function promptOf(made: Call, run: Run, ports: Ports): Promise<string> {
  const name = files.prompt(currentRound(run).number, made.call);
  if (made.isRepeat && run.isMoved) await ports.files.write(name, await callPrompt(made, run, ports));
  return keptText(ports.files, name);
}

async function storeCall(ports: Ports, round: number, call: string, result: CallResult): Promise<StoredCall> {
  const { answer, edited, ...rest } = result;
  const stored: StoredCall = { ...rest, discarded: [...rest.discarded], edited: edited !== null };
  if (answer !== null) await ports.files.write(files.answer(round, call), answer);
  if (edited !== null) await ports.files.write(files.edited(round, call), edited);
  await ports.files.write(files.result(round, call), `${JSON.stringify(stored, null, 2)}\n`);
  return stored;
}

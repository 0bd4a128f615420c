import { z } from 'zod';
import { EditsAnswer } from '../core/edits-schema.ts';
import { Tokens, type Fact } from '../core/fact.ts';
import { Failure } from '../core/failure.ts';
import { files } from '../core/paths.ts';
import { ReviewAnswer } from '../core/review-schema.ts';
import { currentRound, type Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import { wireSchema } from '../core/wire-schema.ts';
import type { Agent, AgentCall, CallResult, Ports } from '../ports.ts';
import { callPrompt } from './call-prompt.ts';
import { lookAround } from './look-around.ts';
import { baselineText, keptText } from './round-text.ts';

type CallStep = Extract<Step, { do: 'call' }>;

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

/** Makes one call. Its result is stored before the fact; a call that has a stored result is not made again. */
export async function* callAgent(step: CallStep, run: Run, ports: Ports): AsyncGenerator<Fact> {
  const round = currentRound(run).number;
  const agent = ports.agents[step.role];
  const about = { call: step.call, round, role: step.role, purpose: step.purpose, agent: agent.name };

  if (!step.isRepeat) {
    const prompt = await callPrompt(step, run, ports);
    await ports.files.write(files.prompt(round, step.call), prompt);
    const { model, effort } = agent;
    const sha256 = ports.plan.digest(prompt);
    yield {
      type: 'call.started',
      ...about,
      model,
      effort,
      prompt: files.prompt(round, step.call),
      prompt_sha256: sha256,
    };
  }
  const stored = (await storedCall(ports, round, step.call)) ?? (await makeCall(step, run, ports, agent));
  yield {
    type: 'call.finished',
    ...about,
    outcome: stored.failure ? 'failed' : 'ok',
    failure: stored.failure,
    model: stored.model,
    version: stored.version,
    tokens: stored.tokens,
    tool_uses: stored.toolUses,
    duration_ms: stored.durationMs,
    answer: stored.failure ? null : files.answer(round, step.call),
    log: files.log(round, step.call),
    discarded: stored.discarded,
  };
  yield* lookAround(run, ports, 'during-call');
}

async function storedCall(ports: Ports, round: number, call: string): Promise<StoredCall | undefined> {
  const text = await ports.files.read(files.result(round, call));
  return text === undefined ? undefined : StoredCall.parse(JSON.parse(text));
}

async function makeCall(step: CallStep, run: Run, ports: Ports, agent: Agent): Promise<StoredCall> {
  const round = currentRound(run).number;
  ports.announce({ type: 'call-began', role: step.role, agent: agent.name, purpose: step.purpose, round });
  try {
    const result = await agent.run(await agentCall(step, run, ports), ports.signal);
    return await storeCall(ports, round, step.call, result);
  } finally {
    ports.announce({ type: 'call-ended' });
  }
}

async function agentCall(step: CallStep, run: Run, ports: Ports): Promise<AgentCall> {
  const round = currentRound(run).number;
  const inPlace = step.role === 'implementer' && run.settings.edit_mode === 'in-place';
  return {
    call: step.call,
    round,
    role: step.role,
    purpose: step.purpose,
    prompt: await keptText(ports.files, files.prompt(round, step.call)),
    schema: inPlace ? null : wireSchema(step.role === 'implementer' ? EditsAnswer : ReviewAnswer),
    edit: inPlace ? { text: await baselineText(run, ports.files) } : null,
    log: await ports.files.pathOf(files.log(round, step.call)),
    timeoutMs: run.settings.timeout_ms,
    idleTimeoutMs: run.settings.idle_timeout_ms,
  };
}

async function storeCall(ports: Ports, round: number, call: string, result: CallResult): Promise<StoredCall> {
  const { answer, edited, ...rest } = result;
  const stored: StoredCall = { ...rest, discarded: [...rest.discarded], edited: edited !== null };
  if (answer !== null) await ports.files.write(files.answer(round, call), answer);
  if (edited !== null) await ports.files.write(files.edited(round, call), edited);
  await ports.files.write(files.result(round, call), `${JSON.stringify(stored, null, 2)}\n`);
  return stored;
}

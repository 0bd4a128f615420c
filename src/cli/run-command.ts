import { randomUUID } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { emptyName, noDirectory, severalPlans } from '../errors/cli.ts';
import { firstError } from '../lib/first-error.ts';
import { clean } from '../lib/text.ts';
import type { CommandSpec } from './command-table.ts';
import { tellError } from './error-line.ts';
import type { CommonFlags } from './flags.ts';
import { catchSignals, inputEnded, Interrupted } from './interruption.ts';
import { outliveTerminal } from './terminal-gone.ts';
import { processWorld, type World } from './world.ts';

/** A command: what to do with its arguments, and the exit code it comes to. */
export type CommandAction = (args: readonly string[], flags: CommonFlags, world: World) => Promise<number>;

/** Runs a command and turns what it throws into a sentence and an exit code. */
export async function runCommand(
  spec: CommandSpec,
  args: readonly string[],
  flags: CommonFlags,
): Promise<number> {
  outliveTerminal(process.stdin);
  using signals = catchSignals();
  const world = processWorld(flags.dir, signals);
  try {
    refuseOddArguments(spec, args);
    await refuseMissingDirectory(flags, world);
    const action = await actionOf(spec.name);
    return await action(args, flags, world);
  } catch (error) {
    return explain(error, spec, flags, world);
  }
}

/** Several plans are taken from the command line only to be refused in a sentence, and so is a name without a letter. */
function refuseOddArguments({ name, usage }: CommandSpec, args: readonly string[]): void {
  if (args[0] === '' && usage.includes('plan')) throw emptyName();
  if (args.length > 1 && usage.endsWith('...]')) throw severalPlans(name, args);
}

async function refuseMissingDirectory({ dir }: CommonFlags, { cwd }: World): Promise<void> {
  if (dir === undefined) return;
  const about = await stat(cwd).catch(() => null); // whatever is in the way, nobody can start there
  if (!about?.isDirectory()) throw noDirectory(dir);
}

async function actionOf(name: string): Promise<CommandAction> {
  switch (name) {
    case 'run':
      return (await import('./commands/run.ts')).run;
    case 'review':
      return (await import('./commands/review.ts')).review;
    case 'resume':
      return (await import('./commands/resume.ts')).resume;
    case 'status':
      return (await import('./commands/status.ts')).status;
    case 'list':
      return (await import('./commands/list.ts')).list;
    case 'findings':
      return (await import('./commands/findings.ts')).findings;
    case 'dismiss':
      return (await import('./commands/dismiss.ts')).dismiss;
    case 'replay':
      return (await import('./commands/replay.ts')).replay;
    case 'diff':
      return (await import('./commands/diff.ts')).diff;
    case 'undo':
      return (await import('./commands/undo.ts')).undo;
    case 'abandon':
      return (await import('./commands/abandon.ts')).abandon;
    case 'prune':
      return (await import('./commands/prune.ts')).prune;
    case 'report':
      return (await import('./commands/report.ts')).report;
    case 'sentinels':
      return (await import('./commands/sentinels.ts')).sentinels;
    case 'doctor':
      return (await import('./commands/doctor.ts')).doctor;
    case 'config show':
      return (await import('./commands/config-show.ts')).configShow;
    case 'schema':
      return (await import('./commands/schema.ts')).schema;
    case 'init':
      return (await import('./commands/init.ts')).init;
    case 'completion':
      return (await import('./commands/completion.ts')).completion;
    case 'demo':
      return (await import('./commands/demo.ts')).demo;
    default:
      throw new Error(`There is no command ${name}.`);
  }
}

async function explain(
  thrown: unknown,
  { isStream = false }: CommandSpec,
  flags: CommonFlags,
  world: World,
): Promise<number> {
  const error = firstError(thrown);
  if (error instanceof Interrupted) return error.exitCode;
  if (isClosedPrompt(error)) return closedBy(world).exitCode;
  const known = error instanceof UserError ? error : await bug(error);
  if (flags.json) tellError(known, world, { isStream });
  else world.stderr.write(`${clean(known.message)}\n${clean(known.hint)}\n`);
  return known.exitCode;
}

/** Ctrl-C, a signal, or the end of input, at a prompt that was asked before there was a run. */
function isClosedPrompt(error: unknown): boolean {
  return error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name);
}

function closedBy({ signals }: World): Interrupted {
  const reason: unknown = signals.signal.reason;
  return reason instanceof Interrupted ? reason : inputEnded();
}

async function bug(error: unknown): Promise<UserError> {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const log = join(tmpdir(), `refine-plan-bug-${randomUUID()}.log`);
  await writeFile(log, `${stack}\n`, { mode: 0o600, flag: 'wx' }).catch(() => undefined); // the sentence below is all that is left then
  const message = `This is a bug in refine-plan: ${error instanceof Error ? error.message : String(error)}`;
  return new UserError({
    code: 'bug',
    message,
    hint: `The stack is in ${log}. What was recorded is kept; go on with: refine-plan resume`,
    exitCode: 70,
  });
}

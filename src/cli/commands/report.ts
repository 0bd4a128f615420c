import { appendFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SEVERITIES, type Severity } from '../../core/severity.ts';
import { badFlag } from '../../errors/cli.ts';
import { cannotWriteOutput } from '../../errors/store.ts';
import { oneLine } from '../../lib/text.ts';
import { FORMATS, type Format } from '../../report/formats-by-ending.ts';
import { reportIn } from '../../report/formats.ts';
import type { ReportSource } from '../../report/source.ts';
import { themeFor } from '../../ui/theme.ts';
import type { CommonFlags } from '../flags.ts';
import { reportSource } from '../report-source.ts';
import { runNamed, shownPath, targetOf } from '../runs-here.ts';
import type { World } from '../world.ts';

/** `refine-plan report [plan|run]`: a whole run, told. */
export async function report(args: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const format = formatFrom(flags);
  const kept = await runNamed(args, flags, world);
  const plan = shownPath(kept.run.started.plan.path, world);
  const stateDir = oneLine(shownPath(kept.dir, world));
  const where = { plan, stateDir, target: targetOf(plan, flags) };
  const read = await reportSource(kept, where, { isPlain: format === 'text', redact: world.redact });
  const source = { ...read, reportOn: leastSevere(flags) };
  const { isUnicode } = themeFor(world.stdout, world.env, { noColor: flags.noColor, quiet: false });
  const parts = await reportIn(format, source, { isUnicode, stateDir: kept.dir });
  if (format === 'github') await tellGithub(parts.join(''), source, flags, world);
  else if (flags.output === undefined) for (const part of parts) world.stdout.write(part);
  else await writeOutput(flags.output, parts.join(''), world);
  return 0;
}

function formatFrom({ json, format }: CommonFlags): Format {
  if (json) return 'json';
  const known = FORMATS.find((name) => name === format);
  if (!known) throw badFlag('--format', format, FORMATS);
  return known;
}

function leastSevere({ reportOn }: CommonFlags): Severity {
  const known = SEVERITIES.find((severity) => severity === reportOn);
  if (!known) throw badFlag('--report-on', reportOn, SEVERITIES);
  return known;
}

/** Annotations are commands to the runner, which reads them on stdout; the summary goes where it is asked for. */
async function tellGithub(
  summary: string,
  source: ReportSource,
  { output }: CommonFlags,
  world: World,
): Promise<void> {
  const { githubAnnotations } = await import('../../report/github.ts');
  world.stdout.write(githubAnnotations(source));
  const file = output ?? world.env['GITHUB_STEP_SUMMARY'];
  if (file) await writeOutput(file, summary, world);
  else world.stdout.write(unheeded(summary, source, world));
}

/** Where a runner reads along, no line of a summary may be taken for a command of its. */
function unheeded(summary: string, { digest }: ReportSource, { env }: World): string {
  if (env['GITHUB_ACTIONS'] !== 'true') return summary;
  const token = digest(summary, 'hex');
  return `::stop-commands::${token}\n${summary}::${token}::\n`;
}

/** The summary of a step is shared with whatever else the step has to say. */
async function writeOutput(file: string, text: string, { cwd, env, redact }: World): Promise<void> {
  const path = resolve(cwd, file);
  const write =
    env['GITHUB_STEP_SUMMARY'] && path === resolve(cwd, env['GITHUB_STEP_SUMMARY']) ? appendFile : writeFile;
  await write(path, redact(text)).catch((error: unknown) => {
    throw cannotWriteOutput(file, error);
  });
}

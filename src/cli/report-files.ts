import { realpath, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { noReportDirectory, reportOverPlan } from '../errors/cli.ts';
import { reasonOf } from '../errors/store.ts';
import { oneLine } from '../lib/text.ts';
import { formatOf } from '../report/formats-by-ending.ts';
import type { ReportSource } from '../report/source.ts';
import { loadRun } from '../store/runs.ts';
import type { CommonFlags } from './flags.ts';
import type { PlanPlace } from './place.ts';
import { shownPath, targetOf } from './runs-here.ts';
import { valueOf } from './settings.ts';
import type { World } from './world.ts';

/** The files that a report is to be written to when the run ends, as they were given. */
function reportFiles({ resolution }: Pick<PlanPlace, 'resolution'>): readonly string[] {
  const value = valueOf(resolution, 'report');
  return Array.isArray(value) ? value : [];
}

/** A report that could not be written at the end is refused at the start, before anything is paid for. */
export async function refuseBadReports(place: PlanPlace, { cwd }: Pick<World, 'cwd'>): Promise<void> {
  for (const file of reportFiles(place)) {
    const path = resolve(cwd, file);
    const dir = await realpath(dirname(path)).catch(() => null);
    if (dir === null) throw noReportDirectory(file);
    const real = await realpath(path).catch(() => join(dir, basename(path)));
    if (real === place.plan.path) throw reportOverPlan(file);
    if ((await stat(path).catch(() => null))?.isDirectory()) throw noReportDirectory(file);
  }
}

type Ended = { readonly place: PlanPlace; readonly dir: string };

/**
 * Writes the reports that were asked for, however the run ended. It is told from its journal, so what an interruption left
 * is told too. A report that cannot be written is said, and changes nothing of how the run ended.
 */
export async function writeReports(ended: Ended, flags: CommonFlags, world: World): Promise<void> {
  const names = reportFiles(ended.place);
  if (names.length === 0) return;
  const target = targetOf(ended.place.plan.shown, flags);
  const say = (line: string): boolean => world.stderr.write(`${line}\n`);
  try {
    const source = await sourceOf(ended, target, world);
    for (const file of source ? names : []) {
      if (source) await writeReport(file, source, ended, world);
      if (!flags.json && !flags.quiet) say(`Report   ${file}`);
    }
  } catch (error) {
    // The run is what counts, and it is over, or was ended by something worse: its report can be had again.
    say(`! No report was written: ${reasonOf(error)}. Try: refine-plan report ${target}`);
  }
}

async function sourceOf(
  { place, dir }: Ended,
  target: string,
  world: World,
): Promise<ReportSource | undefined> {
  const kept = await loadRun(dir, { isChecked: false });
  if (!kept) return undefined;
  const { reportSource } = await import('./report-source.ts');
  const where = { plan: place.plan.shown, stateDir: oneLine(shownPath(dir, world)), target };
  return reportSource(kept, where, { redact: world.redact });
}

async function writeReport(
  file: string,
  source: ReportSource,
  { dir }: Ended,
  { cwd, redact }: World,
): Promise<void> {
  const { reportIn } = await import('../report/formats.ts');
  const parts = await reportIn(formatOf(file) ?? 'text', source, { isUnicode: true, stateDir: dir });
  await writeFile(resolve(cwd, file), redact(parts.join('')));
}

import { createHash } from 'node:crypto';
import { files } from '../core/paths.ts';
import type { Dismissal } from '../core/dismissal.ts';
import { redactAll, type Redact } from '../lib/redact.ts';
import type { ReportSource } from '../report/source.ts';
import { readDismissals } from '../store/dismissed.ts';
import { digest } from '../store/plan-file.ts';
import { openRunFiles } from '../store/run-directory.ts';
import type { KeptRun } from '../store/runs.ts';
import { withoutSecrets } from './without-secrets.ts';

/**
 * Reads what a report needs beside the journal, without its secrets. What is gone, or cannot be read, is left out: the report
 * says so. `isPlain` is one in plain text, which shows no text of the plan.
 */
export async function reportSource(
  { dir, ...told }: KeptRun,
  where: ReportSource['where'],
  { redact, isPlain = false }: { readonly redact: Redact; readonly isPlain?: boolean },
): Promise<ReportSource> {
  // Plain text escapes nothing, and cuts only what is far too long: looking through what it prints is enough.
  const { run, facts } = isPlain ? told : await withoutSecrets(told, redact);
  const kept = openRunFiles(dir);
  const read = (name: string): Promise<string | undefined> => kept.read(name).catch(() => undefined);
  const rounds = isPlain ? [] : run.rounds.map(({ number }) => number);
  const names = rounds.flatMap((round) => [files.baseline(round), files.candidate(round)]);
  const versions = isPlain ? [] : await Promise.all([files.initialPlan, ...names].map(read));
  const rejected = await Promise.all(
    rounds.map(async (round) => [round, await read(files.rejected(round))] as const),
  );
  return {
    run,
    facts,
    texts: new Map(
      versions.flatMap((text) => (text === undefined ? [] : [[digest(text), redact(text)] as const])),
    ),
    rejected: new Map(
      rejected.flatMap(([round, text]) => (text === undefined ? [] : [[round, redact(text)] as const])),
    ),
    dismissals: redactAll(await dismissalsOf(told.run.started.plan.path), redact),
    where,
    digest: (text, encoding) => createHash('sha256').update(text).digest(encoding),
  };
}

/** They are only the reasons for what the run has decided, so a damaged file costs a report no more than these. */
async function dismissalsOf(plan: string): Promise<readonly Dismissal[]> {
  return readDismissals(plan).catch(() => []);
}

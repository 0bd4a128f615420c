import { files } from '../core/paths.ts';
import type { KeptText } from '../core/round-texts.ts';
import type { Run } from '../core/run.ts';
import { runDamaged } from '../errors/store.ts';
import { digest } from '../store/plan-file.ts';
import { openRunFiles } from '../store/run-directory.ts';

/** A text of the plan as a run keeps it. One that is gone, or is not what the run wrote, is refused. */
export async function keptText(dir: string, { name, sha256 }: KeptText): Promise<string> {
  const text = await openRunFiles(dir).read(name);
  if (text === undefined) throw runDamaged(dir, name, 'is gone');
  if (!sha256.includes(digest(text))) throw runDamaged(dir, name, 'is not what the run wrote there');
  return text;
}

/** The plan as it was when the run started. */
export function initialText({ started }: Pick<Run, 'started'>, dir: string): Promise<string> {
  return keptText(dir, { name: files.initialPlan, sha256: [started.sha256] });
}

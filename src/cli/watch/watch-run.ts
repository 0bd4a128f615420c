import { rules } from '../../core/rules.ts';
import type { Run } from '../../core/run.ts';
import type { Ending } from '../../core/step.ts';
import type { Notice } from '../../ports.ts';
import { openChanges } from '../../store/changes.ts';
import type { Listener } from '../../ui/screen.ts';
import { processOf } from '../run-alive.ts';
import { Followed } from './followed.ts';

/** How it came that there is nothing more to watch: the run ended, it rests, or nobody works on it. */
export type Watched = { readonly run: Run; readonly ending: Ending | null };

/** Tells a run to a screen from its journal, until nobody works on it any more. It never writes. */
export async function watchRun(dir: string, screen: Listener, signal: AbortSignal): Promise<Watched> {
  const followed = new Followed(dir);
  using changes = openChanges();
  changes.add(followed.journal);
  const tellUnderWay = underWayTeller(screen);
  for (let idle = 0; ;) {
    const isQuiet = (await followed.read((fact, run) => screen.onFact(fact, run))) === 0;
    const { run } = followed;
    if (run) {
      const ending = rules.endingOf(rules.next(run));
      if (ending) return { run, ending };
      const isAlive = (await processOf(run, dir)) !== undefined;
      idle = isAlive || !isQuiet ? 0 : idle + 1;
      if (idle > PATIENCE) return { run, ending: null };
      await tellUnderWay(followed, { isQuiet });
    }
    await changes.next(signal);
  }
}

/** How often nobody may seem to be there in a row, a second apart: a program that resumes a run names itself a little later. */
const PATIENCE = 1;

/** Tells a screen what is under way, as the run itself would. A question is one once nobody has answered it at once. */
function underWayTeller(screen: Listener): (followed: Followed, seen: { isQuiet: boolean }) => Promise<void> {
  let told = '[]';
  let calls = 0;
  return async (followed, { isQuiet }) => {
    const { notices, since } = followed.underWay();
    const now = notices.filter(({ type }) => type !== 'question-waits' || isQuiet);
    if (JSON.stringify(now) !== told) {
      told = JSON.stringify(now);
      for (; calls > 0; calls -= 1) screen.onNotice?.({ type: 'call-ended' });
      if (now.length === 0) screen.onNotice?.({ type: 'nothing-under-way' });
      for (const notice of now) screen.onNotice?.(notice, since);
      calls = now.filter(isCall).length;
    }
    const activity = calls > 0 ? await followed.activity() : undefined;
    if (activity !== undefined) screen.onNotice?.({ type: 'agent-said', text: activity });
  };
}

function isCall({ type }: Notice): boolean {
  return type === 'call-began';
}

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fact } from '../../../src/core/fact.ts';
import type { Ports } from '../../../src/ports.ts';
import { openJournal } from '../../../src/store/journal.ts';
import { digest, openPlanFile } from '../../../src/store/plan-file.ts';
import { openRunFiles } from '../../../src/store/run-directory.ts';

/** Where a run takes place: the plan, the run directory, the journal. */
export type Place = Pick<Ports, 'plan' | 'files'> & {
  readonly path: string;
  /** The bytes of the plan as they are now. */
  readonly text: () => string;
  readonly append: (fact: Fact) => Promise<void>;
  readonly remove: () => Promise<void>;
};

export const RUN = 'plan-19700101T000000Z';

export const EPOCH = new Date(0);

/** Real files in a directory of their own, in memory where the system has a file system there: the flushes are made, and cheap. */
export async function onDisk(text: string): Promise<Place> {
  const dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'refine-plan-bench-'));
  const [path, state] = [join(dir, 'plan.md'), join(dir, 'state', RUN)];
  mkdirSync(state, { recursive: true });
  writeFileSync(path, text);
  const journal = await openJournal(join(state, 'events.jsonl'), RUN, () => EPOCH);
  return {
    path,
    plan: openPlanFile(path),
    files: openRunFiles(state),
    text: () => readFileSync(path, 'utf8'),
    append: async (fact) => void (await journal.append(fact)),
    remove: async () => {
      await journal.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The same with nothing written anywhere, for many runs in little time. */
export function inMemory(text: string): Place {
  const [path, kept] = ['/bench/plan.md', new Map<string, string>()];
  let now = text;
  return {
    path,
    plan: {
      read: async () => ({ text: now, sha256: digest(now) }),
      look: async () => ({ sha256: digest(now), unfit: null }),
      write: async (next, expected) => {
        if (digest(now) !== expected && now !== next) return { found: digest(now) };
        now = next;
        return { written: { text: next, sha256: digest(next) } };
      },
      digest,
    },
    files: {
      write: async (name, content) => void kept.set(name, content),
      read: async (name) => kept.get(name),
      pathOf: async (name) => `/bench/${name}`,
    },
    text: () => now,
    append: async (fact) => void JSON.parse(JSON.stringify(fact)),
    remove: async () => kept.clear(),
  };
}

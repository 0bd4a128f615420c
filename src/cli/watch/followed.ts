import { basename, join } from 'node:path';
import { lastActivity } from '../../agents/activity.ts';
import { begin, evolve } from '../../core/evolve.ts';
import type { Stamped } from '../../core/fact.ts';
import type { Run } from '../../core/run.ts';
import type { Notice } from '../../ports.ts';
import { followJournal, lastLines } from '../../store/follow.ts';
import { logOf, pendingCalls, underWay } from '../../ui/under-way.ts';

/** A run that somebody else makes, told from its journal as it grows. */
export class Followed {
  readonly dir: string;
  readonly journal: string;
  readonly #follower: ReturnType<typeof followJournal>;
  #run: Run | undefined;
  /** When each call that is under way began, in milliseconds. */
  readonly #began = new Map<string, number>();
  #resumedAt = 0;
  #lastAt = 0;

  constructor(dir: string) {
    this.dir = dir;
    this.journal = join(dir, 'events.jsonl');
    this.#follower = followJournal(this.journal);
  }

  /** As far as it is told; undefined before its first fact. */
  get run(): Run | undefined {
    return this.#run;
  }

  /** When it began or was taken up again, in milliseconds. */
  get since(): number {
    return this.#resumedAt;
  }

  /** Takes in what was added, and hands on each fact with the run after it; how many there were. */
  async read(tell: (fact: Stamped, run: Run) => void | Promise<void>): Promise<number> {
    const facts = await this.#follower.read();
    for (const fact of facts) {
      if (this.#run) this.#run = evolve(this.#run, fact);
      else if (fact.type === 'run.started') this.#run = begin(basename(this.dir), fact);
      this.#note(fact);
      if (this.#run) await tell(fact, this.#run);
    }
    return facts.length;
  }

  /** What is under way, and since when. */
  underWay(): { readonly notices: readonly Notice[]; readonly since: number } {
    if (!this.#run) return { notices: [], since: this.#lastAt };
    const calls = pendingCalls(this.#run).map(({ call }) => this.#began.get(call) ?? this.#lastAt);
    // A call that was under way when its program died is made again.
    const since = calls.length === 0 ? this.#lastAt : Math.max(this.#resumedAt, Math.min(...calls));
    return { notices: underWay(this.#run), since };
  }

  /** What its agent did last, by the end of that one's log. */
  async activity(): Promise<string | undefined> {
    const call = this.#run && pendingCalls(this.#run).at(0);
    return call && lastActivity(call.agent, await lastLines(join(this.dir, logOf(call))));
  }

  #note(fact: Stamped): void {
    this.#lastAt = Date.parse(fact.ts);
    if (fact.type === 'call.started') this.#began.set(fact.call, this.#lastAt);
    if (fact.type === 'run.started' || fact.type === 'run.resumed') this.#resumedAt = this.#lastAt;
  }
}

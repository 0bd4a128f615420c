import type { Outcome, Purpose, Role } from './fact.ts';
import type { FactOf } from './fact.ts';
import type { QuestionName } from './question-names.ts';

/** Something only a person, a flag or a policy may decide. */
export type Question = {
  readonly name: QuestionName;
  /** What it is about: finding ids, lost strings, a path. */
  readonly about: readonly string[];
  readonly options: readonly string[];
  /** The safe answer, for when nobody is there. */
  readonly fallback: string;
  /** What an unattended run does anyway if its policy is not among the options, or was tried often enough. */
  readonly attempt: number;
  /** What happened, in one sentence. */
  readonly why: string;
};

/** Why the loop rests: the run is over, or it waits for somebody. */
export type Ending =
  | { readonly kind: 'finished'; readonly outcome: Outcome }
  | { readonly kind: 'paused'; readonly decision: FactOf<'decision'> };

/** What to do next. Each is performed through the ports and comes back as facts. */
export type Step =
  | { readonly do: 'open-round'; readonly round: number }
  | {
      readonly do: 'call';
      readonly call: string;
      readonly role: Role;
      readonly purpose: Purpose;
      readonly isRepeat: boolean;
      readonly problem: string | null;
    }
  | { readonly do: 'wait'; readonly until: string }
  | { readonly do: 'read-review'; readonly call: string; readonly isLast: boolean }
  | {
      readonly do: 'accept-findings';
      readonly findings: readonly string[];
      readonly expanded: readonly string[];
      readonly handedOver: readonly string[];
    }
  | { readonly do: 'read-edits'; readonly call: string }
  | { readonly do: 'check-drift'; readonly of: 'edits' | 'hook' }
  | { readonly do: 'write-plan' }
  | { readonly do: 'commit'; readonly kind: 'draft' | 'round' }
  | { readonly do: 'take-last-look'; readonly call: string | null; readonly problem: string | null }
  | { readonly do: 'ask'; readonly question: Question }
  | { readonly do: 'close-round'; readonly how: FactOf<'round.finished'>['how'] }
  | { readonly do: 'finish'; readonly outcome: Outcome }
  | { readonly do: 'rest'; readonly ending: Ending };

import type { FactOf, HandedOver, Mode, Outcome, Purpose, Role } from './fact.ts';
import type { RecordedOutcome } from './run.ts';
import type { QuestionName } from './question-names.ts';
import type { RoundEnd } from './round-end.ts';

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

/** One call to an agent. */
export type Call = {
  readonly call: string;
  readonly role: Role;
  readonly purpose: Purpose;
  readonly seat: number;
  readonly isRepeat: boolean;
  /** What was wrong with the answer before, if this is another try. */
  readonly problem: string | null;
};

/** What a round comes to: which findings go to the implementer and how, and which are left to the user. */
export type Admission = {
  readonly findings: readonly string[];
  /** For these the implementer may edit any block of the plan. */
  readonly expanded: readonly string[];
  /** By changing the decision they come from, or expressly without. */
  readonly design: readonly string[];
  readonly guard: readonly string[];
  readonly handedOver: readonly HandedOver[];
  readonly reverts: readonly { readonly finding: string; readonly because: readonly string[] }[];
};

/** Why the loop rests: the run is over, or it waits for somebody. */
export type Ending =
  | { readonly kind: 'finished'; readonly outcome: RecordedOutcome }
  | { readonly kind: 'paused'; readonly decision: FactOf<'decision'> };

/** What to do next. Each is performed through the ports and comes back as facts. */
export type Step =
  | { readonly do: 'open-round'; readonly round: number; readonly mode: Mode }
  /** Calls that are made side by side. */
  | { readonly do: 'call'; readonly calls: readonly Call[] }
  | { readonly do: 'wait'; readonly until: string }
  | { readonly do: 'score-calibration'; readonly call: string | null; readonly problem: string | null }
  | { readonly do: 'read-review' }
  /** With null, what was in the way of any ruling. */
  | { readonly do: 'read-arbitration'; readonly call: string | null; readonly problem: string | null }
  | { readonly do: 'read-verification'; readonly call: string; readonly problem: string | null }
  | { readonly do: 'confirm-findings'; readonly findings: readonly string[] }
  | ({ readonly do: 'accept-findings' } & Admission)
  /** With null, only fixes are taken back, and no implementer is asked. */
  | { readonly do: 'read-edits'; readonly call: string | null }
  /** Of the implementer's edits, or of what a commit left of them. */
  | { readonly do: 'check-drift'; readonly of: 'edits' | 'hook' }
  | { readonly do: 'confirm-edits' }
  | { readonly do: 'write-plan' }
  | { readonly do: 'commit'; readonly kind: 'draft' | 'round' }
  | { readonly do: 'take-last-look'; readonly call: string | null; readonly problem: string | null }
  | { readonly do: 'ask'; readonly question: Question }
  | { readonly do: 'close-round'; readonly how: RoundEnd }
  | { readonly do: 'finish'; readonly outcome: Outcome }
  | { readonly do: 'rest'; readonly ending: Ending };

import type { Dismissal } from '../core/dismissal.ts';
import type { Stamped } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import type { Severity } from '../core/severity.ts';

/** What a report is made of: a run with its journal, and what its directory keeps beside that. */
export type ReportSource = {
  readonly run: Run;
  readonly facts: readonly Stamped[];
  /** Every version of the plan that was kept, by the SHA-256 of its bytes. */
  readonly texts: ReadonlyMap<string, string>;
  /** By round, what was kept of edits that were not applied. */
  readonly rejected: ReadonlyMap<number, string>;
  /** What the user has settled for good, with the reasons given. */
  readonly dismissals: readonly Dismissal[];
  /** The least severe finding that asks for attention by itself, as an annotation or an alert; absent: all do. */
  readonly reportOn?: Severity;
  readonly where: {
    /** The plan's path as the user would type it. */
    readonly plan: string;
    readonly stateDir: string;
    /** What follows a command that is about the plan, as a shell takes it. */
    readonly target: string;
  };
  /** The SHA-256 of a text's UTF-8 bytes. */
  readonly digest: (text: string, encoding: 'hex' | 'base64') => string;
};

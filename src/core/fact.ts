import { z } from 'zod';
import type {
  Tokens,
  Role,
  Purpose,
  Mode,
  RepoState,
  Moved,
  HandedOver,
  Shift,
  Undone,
} from './facts/common.ts';
import { CallStarted, CallFinished, LimitWaited } from './facts/call.ts';
import { PlanChanged, RepoChanged, Decision } from './facts/world.ts';
import {
  CalibrationScored,
  RoundStarted,
  ReviewUnreadable,
  ReviewParsed,
  type Ruling,
  ArbitrationRead,
  VerificationRead,
  FindingsAccepted,
  FindingsConfirmed,
  LastLookTaken,
} from './facts/assessment.ts';
import { EditsRead, EditsConfirmed, DriftChecked, EditsApplied } from './facts/edit.ts';
import { CommitCreated, CommitSkipped, CommitFailed, RoundFinished } from './facts/commit.ts';
import { RunStarted, RunResumed, type StopCard, RunFinished } from './facts/run.ts';

export { Mode, Purpose, RepoState, Role, Tokens } from './facts/common.ts';
export { REASONS, STATUSES, StopCard } from './facts/run.ts';

/**
 * The vocabulary of the journal. A fact happened and is durable; its `type` is its name on the event stream too. Readers
 * ignore what they do not know, so facts only ever gain keys.
 */
export const Fact = z.discriminatedUnion('type', [
  RunStarted,
  RunResumed,
  RoundStarted,
  CalibrationScored,
  CallStarted,
  CallFinished,
  PlanChanged,
  RepoChanged,
  Decision,
  ReviewUnreadable,
  ReviewParsed,
  ArbitrationRead,
  VerificationRead,
  FindingsConfirmed,
  FindingsAccepted,
  EditsRead,
  EditsConfirmed,
  DriftChecked,
  EditsApplied,
  CommitCreated,
  CommitSkipped,
  CommitFailed,
  LimitWaited,
  LastLookTaken,
  RoundFinished,
  RunFinished,
]);

export type Fact = z.infer<typeof Fact>;
export type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>;
export type Role = z.infer<typeof Role>;
export type Purpose = z.infer<typeof Purpose>;
export type Mode = z.infer<typeof Mode>;
export type StopCard = z.infer<typeof StopCard>;
export type HandedOver = z.infer<typeof HandedOver>;
export type Shift = z.infer<typeof Shift>;
export type Undone = z.infer<typeof Undone>;
export type Ruling = z.infer<typeof Ruling>;
export type Tokens = z.infer<typeof Tokens>;
export type RepoState = z.infer<typeof RepoState>;
export type Moved = z.infer<typeof Moved>;
export type Outcome = Omit<
  FactOf<'run.finished'>,
  'type' | 'rounds' | 'calls' | 'tokens' | 'commits' | 'card'
>;

/** A fact as it stands in the journal and on the event stream. */
export type Stamped = Fact & { readonly v: 1; readonly ts: string; readonly run: string };

import { z } from 'zod';
import { Sha, Ids, Lines, HandedOver, Hunks, Moves, PlacedEdit, Undone } from './common.ts';

/* Facts from an implementer’s answer to the written plan. */

export const EditsRead = z.object({
  type: z.literal('edits.read'),
  round: z.number(),
  call: z.string(),
  /**
   * fits: a new text is ready. noop: nothing would change. unfit: an edit cannot be applied. declined: every
   * finding was. unedited: nothing of it may be applied; journals of before call that declined too.
   */
  result: z.enum(['fits', 'noop', 'unfit', 'malformed', 'skipped', 'growth', 'declined', 'unedited']),
  problem: z.string().nullable(),
  summary: z.string(),
  edits: z.array(PlacedEdit),
  /** Which edits of the answer the new text is made of, from 0. */
  kept: z.array(z.number()).optional(),
  /** The fixes that the new text is without. */
  reverts: z.array(Undone).optional(),
  declined: z.array(z.object({ finding: z.string(), reason: z.string() })),
  /** Findings with neither an edit nor a reason. */
  skipped: Ids,
  /** Edits that were not applied, because they lie outside of what their findings are about. */
  outside: z.array(z.object({ findings: Ids, lines: Lines, excerpt: z.string(), why: z.string() })),
  handed_over: z.array(HandedOver),
  /** Places that fixes contest; nothing is edited there for the rest of the run. Lines of the baseline. */
  frozen: z.array(Lines),
  sha256: Sha.nullable(),
  /** The file, in the run directory, that holds the new text. */
  candidate: z.string().nullable(),
});

/** A person saw the edits before they were written. */
export const EditsConfirmed = z.object({
  type: z.literal('edits.confirmed'),
  round: z.number(),
  by: z.enum(['user', 'policy']),
  applied: z.boolean(),
});

export const DriftChecked = z.object({
  type: z.literal('drift.checked'),
  round: z.number(),
  /** Whose bytes: the implementer's, or what a commit left of them: a hook's work, or of somebody who wrote meanwhile. */
  of: z.enum(['edits', 'hook']),
  ok: z.boolean(),
  lost: z.array(z.string()),
  markers_before: z.number(),
  markers_after: z.number(),
  handed_over: z.array(HandedOver),
  /** Of the new text, where these are not all that were read. */
  edits: z.array(PlacedEdit).optional(),
  reverts: z.array(Undone).optional(),
  sha256: Sha,
  candidate: z.string().nullable(),
});

export const EditsApplied = z.object({
  type: z.literal('edits.applied'),
  round: z.number(),
  sha256_before: Sha,
  sha256_after: Sha,
  /** Bytes after less bytes before. */
  growth: z.number(),
  findings: Ids,
  /** Fixes that were taken back. */
  reverted: Ids,
  /** Findings that went with the text of these fixes. */
  gone: Ids.optional(),
  /** What the fixes were for that went. */
  handed_over: z.array(HandedOver).optional(),
  /** Whose text it is that is back: the round and the findings it was written for. */
  restored: z.array(z.object({ lines: Lines, round: z.number(), findings: Ids })).optional(),
  /** The digest of the plan with white space folded: the same for what is the same but for its wrapping. */
  state_before: Sha,
  state_after: Sha,
  hunks: Hunks,
  moves: Moves,
  /* The rest stands last in a line of the journal, where a reader can leave it until somebody asks. */
  /** The lines that the edits wrote, and the findings they were for. */
  edits: z.array(PlacedEdit),
  /** What was taken out and put in, verbatim, for whom, and where it stands now. */
  changes: z.array(z.object({ findings: Ids, removed: z.string(), added: z.string(), lines: Lines })),
});

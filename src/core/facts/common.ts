import { z } from 'zod';

/* What facts of several kinds are made of. */

export const Sha = z.string();

export const Ids = z.array(z.string());

export const Lines = z.object({ start: z.number(), end: z.number() });

export const Tokens = z.object({ input: z.number(), cached: z.number(), output: z.number() });

export const When = z.enum(['during-call', 'before-write', 'between-rounds', 'on-resume']);

export const Role = z.enum(['reviewer', 'implementer', 'arbiter', 'verifier']);

export const Purpose = z.enum([
  'review',
  'second-look',
  'hunt',
  'audit',
  'arbitrate',
  'fix',
  'verify',
  'last-look',
  'calibrate',
]);

/**
 * What a round begins with. review: one fresh look at the whole plan. hunt: several looks at the same bytes, each through
 * another lens. verify: a look at the last fix and at what is open. audit: one cold look after everything was closed.
 */
export const Mode = z.enum(['review', 'hunt', 'verify', 'audit']);

/** Where the repository stands: what a run looks at after every call and before every write. */
export const RepoState = z.object({
  head: z.string().nullable(),
  branch: z.string().nullable(),
  /** A merge, rebase or the like that is not finished. */
  operation: z.string().nullable(),
});

/** What a run did not expect of the repository: another branch, a rewritten history, a merge or rebase under way. */
export const Moved = z.enum(['branch', 'head', 'operation']);

export const HandedOver = z.object({
  id: z.string(),
  because: z.enum([
    'stuck',
    'declined',
    'drift',
    'design',
    'contested',
    'growth',
    'licence',
    'not-fixed',
    'regenerates',
    'dropped',
  ]),
  why: z.string(),
});

export const PlacedEdit = z.object({ findings: Ids, lines: Lines });

/** `[first old line, old lines, first new line, new lines]`, in order; see `Hunk` in ledger/line-map.ts. */
export const Hunks = z.array(z.tuple([z.number(), z.number(), z.number(), z.number()]));

/** Lines that stand elsewhere now, unchanged: `[first old line, first new line, lines]`. */
export const Moves = z.array(z.tuple([z.number(), z.number(), z.number()]));

/** How the plan that the run last knew became another beside its fixes; `growth` is bytes after less bytes before. */
export const Shift = z.object({ hunks: Hunks, moves: Moves, growth: z.number() });

/** A fix that the new text is without, the findings that went with its text, and other findings whose fixes went along. */
export const Undone = z.object({ finding: z.string(), because: Ids, along: Ids });
